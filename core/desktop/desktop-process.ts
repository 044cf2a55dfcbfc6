import type { ChildProcess } from 'node:child_process';
import type { InputOf, OutputOf, RequestName } from '../../contract/define.ts';
import {
  type ActiveWindow,
  agreedLimit,
  type CaptureAnswer,
  type ClipboardDescription,
  type ClipboardFormatByName,
  desktopContract,
  type PortAnswer,
  type PutBackAnswer,
  type RichText,
  type RouteReport,
} from '../../contract/desktop.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError, type AppErrorShape } from '../../contract/errors.ts';
import type { Result } from '../../contract/result.ts';
import { Deaths } from '../../process/deaths.ts';
import { startProgram } from '../../process/start-program.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';

type DesktopRequests = typeof desktopContract.requests;

/** Longest wait for an answer, in milliseconds; after it the process is taken for hanging. */
const limits = { ask: 3000, capture: 4000, write: 20_000, selfTest: 12_000, wayBack: 15_000 } as const;
/** Longest start: on a machine that has much else to do its code takes longer to load than any question may. */
const startLimitMs = 30_000;
/** It mostly sleeps, and would keep 6 MB more that its start grew to. */
const semiSpaceMegabytes = 1;
/** Where the display, the session and its buses are, and how they are spoken to. No key of a server is among them. */
const passedOn = [
  ...['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET', 'SWAYSOCK', 'HYPRLAND_INSTANCE_SIGNATURE'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'AT_SPI_BUS_ADDRESS', 'DBUS_SYSTEM_BUS_ADDRESS'],
  ...[
    'XDG_RUNTIME_DIR',
    'XDG_CURRENT_DESKTOP',
    'XDG_SESSION_DESKTOP',
    'XDG_SESSION_TYPE',
    'XDG_DATA_DIRS',
    'XDG_DATA_HOME',
  ],
  ...['HOME', 'USER', 'LOGNAME', 'LANG', 'LANGUAGE', 'LC_ALL', 'LC_CTYPE'],
  ...['USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'WINDIR', 'TMP'],
];

export interface DesktopProcessOptions {
  readonly node: string;
  readonly entry: string;
  /** Process whose windows are Beckon's own; null behind the cli. */
  readonly shellProcessId: number | null;
  /** Told what it said that it may not, before it is ended for that. */
  readonly log?: (line: string) => void;
}

/** Starts the process that talks to other applications; one that hangs is killed and started anew. */
export class DesktopProcess implements Disposable {
  readonly #options: DesktopProcessOptions;
  #child: ChildProcess | null = null;
  #client: WireClient<typeof desktopContract> | null = null;
  /** Once the one that runs has answered for the first time, or has ended. */
  #up: Promise<unknown> = Promise.resolve();
  /** Questions that wait for an answer, other than to write, which may take long. */
  #waiting = 0;
  /** One that ends again and again is not started again by itself. */
  readonly #deaths = new Deaths(10_000, 3);

  constructor(options: DesktopProcessOptions) {
    this.#options = options;
  }

  /** Starts it ahead of the first question: from then on it follows which window and which field has the focus. */
  start(): void {
    this.#running();
  }

  async activeWindow(): Promise<PortAnswer<ActiveWindow>> {
    const answer = await this.#ask('window.active', {}, limits.ask);
    return answer.ok ? answer.value : { status: 'denied', cause: notAnswering('desktop/not-answering', answer.error) };
  }

  async describe() {
    const answer = await this.#ask('desktop.describe', {}, limits.ask);
    return answer.ok ? answer.value : null;
  }

  /** Whether applications are told that somebody asks them by accessibility; null where nothing tells. */
  async accessibilityOn(): Promise<boolean | null> {
    const answer = await this.#ask('accessibility.isOn', {}, limits.ask);
    return answer.ok ? answer.value : null;
  }

  async turnAccessibility(on: boolean): Promise<boolean> {
    const answer = await this.#ask('accessibility.turn', { on }, limits.ask);
    return answer.ok && answer.value;
  }

  /** Every way to other applications, tried; throws `desktop/not-answering`. */
  async selfTest(): Promise<readonly RouteReport[]> {
    const answer = await this.#ask('desktop.selfTest', {}, limits.selfTest);
    if (!answer.ok) throw new AppError('desktop/not-answering', answer.error.message);
    return answer.value;
  }

  /** Whether a mouse button is held down; null where the system does not tell. */
  async pointerPressed(): Promise<boolean | null> {
    const answer = await this.#ask('pointer.pressed', {}, limits.ask);
    return answer.ok ? answer.value : null;
  }

  /** `agreed`: names of applications that the person agreed to be asked for a copy. */
  async captureSelection(agreed: readonly string[] = []): Promise<CaptureAnswer> {
    const answer = await this.#ask('selection.capture', { agreed: [...agreed].slice(0, agreedLimit) }, limits.capture);
    if (answer.ok) return answer.value;
    return { status: 'failed', window: null, cause: notAnswering('capture/not-answering', answer.error) };
  }

  async describeClipboard(): Promise<PortAnswer<ClipboardDescription>> {
    const answer = await this.#ask('clipboard.describe', {}, limits.ask);
    return answer.ok ? answer.value : { status: 'denied', cause: notAnswering('capture/not-answering', answer.error) };
  }

  async readClipboardText(): Promise<PortAnswer<string>> {
    const answer = await this.#ask('clipboard.readText', {}, limits.capture);
    return answer.ok ? answer.value : { status: 'denied', cause: notAnswering('capture/not-answering', answer.error) };
  }

  /** `unsupported` where the shell has to do it. */
  async writeClipboardText(text: string, html?: string): Promise<PortAnswer<null>> {
    const given = html === undefined ? { text } : { text, html };
    const answer = await this.#ask('clipboard.writeText', given, limits.ask);
    return answer.ok ? answer.value : { status: 'denied', cause: notAnswering('desktop/not-answering', answer.error) };
  }

  /** Each time that somebody has copied something, until it is aborted or the process ends. Throws `desktop/unsupported`. */
  async *watchClipboard(signal: AbortSignal): AsyncGenerator<{ readonly type: 'copied' }> {
    const stream = this.#running().open('clipboard.watch', {});
    const close = () => stream.close();
    signal.addEventListener('abort', close);
    try {
      yield* stream;
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }

  async saveClipboard(): Promise<PortAnswer<readonly ClipboardFormatByName[]>> {
    const answer = await this.#ask('clipboard.save', {}, limits.write);
    return answer.ok ? answer.value : { status: 'denied', cause: notAnswering('capture/not-answering', answer.error) };
  }

  async offerClipboard(formats: readonly ClipboardFormatByName[]): Promise<PortAnswer<null>> {
    const answer = await this.#ask('clipboard.offer', { formats: [...formats] }, limits.write);
    return answer.ok ? answer.value : { status: 'denied', cause: notAnswering('desktop/not-answering', answer.error) };
  }

  /** `agreed`: whether the person gave their word for an application that nobody has tried. */
  async putBack(
    targetId: string,
    text: string,
    mode: 'replace' | 'insert-below',
    rich: RichText | null = null,
    agreed = false,
  ): Promise<PutBackAnswer> {
    const input = { targetId, text, mode, agreed, ...(rich ? { rich } : {}) };
    // One that is only started now knows no place to write to.
    const knowsPlaces = this.#client?.closed === false;
    const answer = await this.#ask('selection.putBack', input, limits.write);
    if (answer.ok) return answer.value;
    // It may have written before it hung, died or said what it may not, and what it knew of the place died with it.
    if (knowsPlaces && (answer.error.code === 'app/not-connected' || answer.error.code === 'app/bad-answer')) {
      // The next one first goes back to the selection that the keys of this one had moved, while that window has the keyboard.
      await this.#ask('desktop.describe', {}, limits.wayBack);
      const cause = { ...notAnswering('put-back/unchecked', answer.error), action: 'copy' } as const;
      return { status: 'failed', cause, canUndo: false };
    }
    return { status: 'failed', cause: notAnswering('put-back/refused', answer.error) };
  }

  async undoPutBack(targetId: string): Promise<PutBackAnswer> {
    const answer = await this.#ask('selection.undo', { targetId }, limits.write);
    return answer.ok ? answer.value : { status: 'failed', cause: notAnswering('put-back/refused', answer.error) };
  }

  /** Lets it go: it ends by itself once nothing in the clipboard would be lost with it. One that hangs is killed. */
  dispose(): void {
    const child = this.#child;
    this.#child = null;
    this.#client = null;
    if (child === null) return;
    if (this.#waiting > 0 || !child.connected) child.kill('SIGKILL');
    else child.disconnect();
    child.unref();
  }

  async #ask<Name extends RequestName<typeof desktopContract>>(
    name: Name,
    input: InputOf<DesktopRequests[Name]>,
    limitMs: number,
  ): Promise<Result<OutputOf<DesktopRequests[Name]>>> {
    const counted = limitMs < limits.write ? 1 : 0;
    const client = this.#running();
    const child = this.#child;
    this.#waiting += counted;
    try {
      // One that only starts is not taken for one that hangs: ended for that, it would never be there on a busy machine. What is
      // given up is not asked later either: it could press keys in another moment than it was meant for.
      if (!(await isWithin(limitMs, this.#up))) return stillStarting;
      const limit = setTimeout(() => child?.kill('SIGKILL'), limitMs);
      return await client.request(name, input).finally(() => clearTimeout(limit));
    } finally {
      this.#waiting -= counted;
    }
  }

  #running(): WireClient<typeof desktopContract> {
    if (this.#client !== null && !this.#client.closed) return this.#client;
    const { node, entry, shellProcessId } = this.#options;
    const env = { BECKON_SHELL_PID: shellProcessId === null ? '' : String(shellProcessId) };
    const child = startProgram({ node, entry, network: 'on', semiSpaceMegabytes, passedOn, env });
    // It may have had the clipboard on loan, and gives it back as soon as it is there again.
    child.on('exit', () => {
      if (this.#child !== child) return;
      this.#deaths.add();
      if (this.#deaths.tooMany() === null) this.#running();
    });
    this.#child = child;
    this.#client = new WireClient(createProcessChannel(child), desktopContract, {
      onBreach: (wrong) => {
        this.#options.log?.(`desktop said what it may not: ${wrong}`);
        child.kill('SIGKILL');
      },
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), startLimitMs);
    this.#up = this.#client.request('pointer.pressed', {}).finally(() => clearTimeout(limit));
    return this.#client;
  }
}

const stillStarting = {
  ok: false,
  error: { code: 'app/not-connected', message: 'it is still starting' },
} as const satisfies Result<never>;

function notAnswering(code: AppErrorShape['code'], { message }: AppErrorShape): AppErrorShape {
  return { code, message };
}

async function isWithin(limitMs: number, promise: Promise<unknown>): Promise<boolean> {
  const { promise: over, resolve } = Promise.withResolvers<false>();
  const limit = setTimeout(() => resolve(false), limitMs);
  return Promise.race([promise.then(() => true), over]).finally(() => clearTimeout(limit));
}
