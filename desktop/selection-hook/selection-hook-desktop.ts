import type {
  ActiveWindow,
  CaptureAnswer,
  ClipboardDescription,
  DesktopDescription,
  PortAnswer,
  PutBackAnswer,
  PutBackMode,
  RichText,
  RouteReport,
} from '../../contract/desktop.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { isOwnName } from '../applications/applications.ts';
import { noWholeClipboard } from '../no-whole-clipboard.ts';
import { Places, readOnlyPlace } from '../places.ts';
import type { DesktopPort } from '../ports.ts';
import { takeText } from './captured-text.ts';
import { HookSession } from './hook-session.ts';
import { type HookClass, primaryMethod } from './library.ts';

export interface SelectionHookOptions {
  readonly system: 'darwin' | 'win32';
  /** Called when something is first asked for; may reject, and what it gives may throw when it is made. */
  readonly load: () => Promise<HookClass>;
}

/**
 * Windows (UI Automation, IAccessible) and macOS (AX) through the library selection-hook, which only reads. No key is
 * pressed and the clipboard is not touched: its marks of secrets cannot be seen through it. An application that hangs makes
 * this process hang, which is then killed and started anew from outside.
 */
export class SelectionHookDesktop implements DesktopPort {
  readonly watchClipboard = noWholeClipboard.watchClipboard;
  readonly saveClipboard = noWholeClipboard.saveClipboard;
  readonly offerClipboard = noWholeClipboard.offerClipboard;
  readonly #system: 'darwin' | 'win32';
  readonly #session: HookSession;
  readonly #places = new Places();

  constructor({ system, load }: SelectionHookOptions) {
    this.#system = system;
    this.#session = new HookSession(system, load);
  }

  /** The library names a program only together with its selected text, which nobody asked for here. */
  async activeWindow(): Promise<PortAnswer<ActiveWindow>> {
    return { status: 'unsupported', cause: this.#unsupported('active window') };
  }

  async pointerPressed(): Promise<boolean | null> {
    return null;
  }

  async captureSelection(): Promise<CaptureAnswer> {
    let window: ActiveWindow | null = null;
    try {
      const found = await this.#session.read();
      if (found === null) throw new AppError('capture/nothing-selected', 'no selection is told');
      window = this.#windowOf(found.programName);
      const text = takeText(found.text);
      const route = found.method === primaryMethod ? 'primary' : 'accessibility';
      const selection = this.#places.capture({ place: readOnlyPlace, text, route, window, fresh: true });
      return { status: 'captured', selection };
    } catch (error) {
      return { status: 'failed', window, cause: captureCause(error) };
    }
  }

  async describeClipboard(): Promise<PortAnswer<ClipboardDescription>> {
    return { status: 'unsupported', cause: clipboardCause };
  }

  /** The library reads it, but cannot tell what a password manager marked: so it is not read. */
  async readClipboardText(): Promise<PortAnswer<string>> {
    return { status: 'unsupported', cause: clipboardCause };
  }

  /** The shell's own way serves here. */
  async writeClipboardText(): Promise<PortAnswer<null>> {
    return { status: 'unsupported', cause: null };
  }

  putBack(targetId: string, text: string, mode: PutBackMode, rich?: RichText): Promise<PutBackAnswer> {
    return this.#places.putBack(targetId, text, mode, rich ?? null);
  }

  undoPutBack(targetId: string): Promise<PutBackAnswer> {
    return this.#places.undo(targetId);
  }

  async accessibilityOn(): Promise<null> {
    return null;
  }

  async turnAccessibility(): Promise<boolean> {
    return false;
  }

  async describe(): Promise<DesktopDescription> {
    const selectionCause = await this.#inTheWay();
    return {
      system: this.#system,
      compositor: null,
      composited: null,
      selectionRoutes: selectionCause === null ? ['accessibility'] : [],
      ...(selectionCause === null ? {} : { selectionCause }),
    };
  }

  async selfTest(): Promise<readonly RouteReport[]> {
    const cause = await this.#inTheWay();
    return [
      { route: 'selection', status: cause === null ? 'works' : 'fails', values: {}, cause },
      { route: 'clipboard', status: 'absent', values: {}, cause: clipboardCause },
      { route: 'paste', status: 'absent', values: {}, cause: this.#unsupported('key to press') },
    ];
  }

  async leave(): Promise<void> {}

  dispose(): void {
    this.#session.dispose();
  }

  /** Why nothing can be read here, found out without reading anything; null when it can. */
  async #inTheWay(): Promise<AppErrorShape | null> {
    try {
      await this.#session.check();
      return null;
    } catch (error) {
      return captureCause(error);
    }
  }

  /**
   * On Windows the name is that of the window under the pointer, which can be Beckon's own beside the text of another. On
   * macOS it is the application in front. Throws `capture/nothing-selected` there for Beckon itself.
   */
  #windowOf(programName: string): ActiveWindow | null {
    const own = isOwnName(programName);
    if (own && this.#system === 'darwin') throw new AppError('capture/nothing-selected', 'Beckon itself is in front');
    if (own || programName === '') return null;
    return { windowId: '', processId: null, application: programName, title: null };
  }

  #unsupported(what: string): AppErrorShape {
    const values = { system: this.#system };
    return { code: 'desktop/unsupported', message: `no ${what} on ${this.#system}`, values };
  }
}

const clipboardCause: AppErrorShape = { code: 'capture/clipboard-untold', message: 'its formats cannot be seen' };

/** Whatever the library throws besides is an application that could not be asked. */
function captureCause(error: unknown): AppErrorShape {
  if (error instanceof AppError) return toErrorShape(error);
  return { code: 'capture/not-answering', message: String(error) };
}
