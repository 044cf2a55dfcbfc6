import type { ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe } from 'vitest';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { BeckonApp, type LaunchOptions, requireModel } from './beckon-app.ts';
import { Browser } from './browser.ts';
import { beginBody, endBody } from './cases.ts';
import { type DesktopClient, startDesktop } from './desktop-process.ts';
import { type DisplayOptions, TestDisplay } from './display.ts';
import { KnownState } from './known-state.ts';
import { OverlaySteps } from './overlay-steps.ts';
import { parrotSettings } from './parrot.ts';
import { endProgram, waitFor } from './processes.ts';

export interface DesktopOptions {
  readonly display?: DisplayOptions;
  /** Ids of models that have to be on this machine. */
  readonly models?: readonly string[];
  /** Starts Beckon itself; left out, nothing of it runs. */
  readonly app?: Omit<LaunchOptions, 'display'>;
  /** Starts a server on this machine that says what a case gives it to say, and makes it the app's model. */
  readonly parrot?: true;
  /** Starts the desktop process alone, as core starts it. */
  readonly desktop?: true;
  /** Starts what the file has of its own, and tells what takes it away again. */
  readonly stage?: (display: TestDisplay, ends: AsyncDisposableStack) => Promise<void>;
  /** Goes on from what was started to what every case begins with; done again before each of them. */
  readonly before?: (desk: Desk) => Promise<void>;
  /** Starts all of it anew for each case, where what a case does cannot be taken back. */
  readonly anew?: true;
}

/** What stands while cases run, and how it goes again: the last that came first. */
interface Standing {
  readonly display: TestDisplay;
  readonly app: BeckonApp | null;
  readonly server: StreamingServer | null;
  readonly desktop: { desktop: ChildProcess; client: DesktopClient } | null;
  readonly known: KnownState | null;
  readonly all: AsyncDisposableStack;
}

/**
 * A display, and on it what a file of cases needs. Cases share it, and each begins with the same: after one that passed all it
 * changed is taken back, after one that failed everything is started anew.
 */
export class Desk {
  readonly #options: DesktopOptions;
  #standing: Standing | null = null;
  #case = new AsyncDisposableStack();
  #browser: Browser | null = null;
  #spent = false;

  constructor(options: DesktopOptions) {
    this.#options = options;
  }

  // Each is always the one that stands, so that a file names them once.
  readonly display = live(() => this.#now().display);
  readonly app = live(() => given(this.#now().app, 'app'));
  readonly steps = live(() => new OverlaySteps(this.#now().display, given(this.#now().app, 'app')));
  readonly server = live(() => given(this.#now().server, 'parrot'));
  readonly desktop = live(() => given(this.#now().desktop, 'desktop').desktop);
  readonly client = live(() => given(this.#now().desktop, 'desktop').client);

  /** Ends this when the case has ended, however it did. */
  readonly keep = (program: ChildProcess): ChildProcess => this.#case.adopt(program, (child) => endProgram(child));

  /** Does that when the case has ended, however it did. */
  readonly after = (undo: () => unknown): void => {
    this.#case.defer(async () => void (await undo()));
  };

  /** Starts an application for this case and waits until a window of it has the keyboard. */
  readonly open = async (command: string, args: readonly string[], title: RegExp): Promise<ChildProcess> => {
    const child = this.keep(this.display.start(command, args));
    await waitFor(`${command} has the keyboard`, () => title.test(this.display.focusedTitle()));
    return child;
  };

  /** Opens a text in a real editor. */
  readonly openNote = async (text: string): Promise<{ readonly file: string; readonly editor: ChildProcess }> => {
    const file = this.write('note.txt', text);
    // One that was ended with changes asks at its next start whether to restore them, and shows no window before.
    rmSync(join(this.display.folder, 'home', '.local', 'share', 'Mousepad'), { recursive: true, force: true });
    const editor = await this.open('mousepad', ['--disable-server', file], /note\.txt/);
    return { file, editor };
  };

  /** Writes a file into the folder of the display. */
  readonly write = (name: string, content: string | Buffer): string => {
    const path = join(this.display.folder, name);
    writeFileSync(path, content);
    return path;
  };

  /**
   * Presses keys that select that in the window in front, and waits until the display was told of it. A window that is just
   * there may not take them yet: then they are pressed again.
   */
  readonly select = (text: string, ...keys: readonly string[]): Promise<void> =>
    this.selectBy(text, () => this.display.press(...keys));

  /** The same by any other means, such as the mouse. */
  readonly selectBy = async (text: string, act: () => void): Promise<void> => {
    const isSelected = () => this.display.selection('primary') === text;
    await waitFor(`“${text.slice(0, 80)}” is selected`, () => {
      act();
      return waitFor('it is told', isSelected, 1500).then(
        () => true,
        () => false,
      );
    });
  };

  /** Shows a page in a real browser, which is one for all cases; each page is a new one. */
  readonly openPage = async (html: string): Promise<Browser> => {
    this.#browser ??= this.#now().all.adopt(await Browser.start(this.#now().display), (browser) => browser.stop());
    await this.#browser.open(html);
    return this.#browser;
  };

  /** Starts the desktop process again, after a case has ended it. */
  readonly startDesktopAgain = async (): Promise<void> => {
    Object.assign(given(this.#now().desktop, 'desktop'), await startDesktop(this.display.env));
  };

  /** Said by a case that does what cannot be taken back: all of it is started anew for the next one. */
  readonly startAnew = (): void => {
    this.#spent = true;
  };

  /** Before each case. */
  async begin(): Promise<void> {
    this.#standing ??= await setUp(this.#options);
    await this.#options.before?.(this);
    beginBody();
  }

  /** After each case. Throws when a case that passed leaves what cannot be ended. */
  async end(failed: boolean): Promise<void> {
    endBody();
    const mine = this.#case;
    this.#case = new AsyncDisposableStack();
    try {
      await mine.disposeAsync();
      this.#standing?.server?.answers.splice(0);
      const known = this.#standing?.known ?? null;
      if (failed || this.#spent || this.#options.anew || (known !== null && !(await known.bringBack())))
        await this.stop();
    } catch (error) {
      await this.stop();
      if (!failed) throw error;
    }
  }

  /** Ends all that stands; what comes next is started anew. */
  async stop(): Promise<void> {
    const standing = this.#standing;
    this.#standing = null;
    this.#browser = null;
    this.#spent = false;
    await standing?.all.disposeAsync();
  }

  #now(): Standing {
    if (this.#standing === null) throw new Error('nothing stands outside of a case');
    return this.#standing;
  }
}

/** Describes cases that run on a display of their own, with what `options` say on it. */
export function describeOnDesktop(name: string, options: DesktopOptions, cases: (desk: Desk) => void): void {
  describe(name, () => {
    const desk = new Desk(options);
    beforeEach(() => desk.begin());
    afterEach(({ task }) => desk.end(task.result?.state === 'fail'));
    afterAll(() => desk.stop());
    cases(desk);
  });
}

/** Starts one thing after another; what came already goes again when one of them does not come. */
async function setUp(options: DesktopOptions): Promise<Standing> {
  await using starting = new AsyncDisposableStack();
  for (const id of options.models ?? []) requireModel(id);
  const display = starting.adopt(await TestDisplay.start(options.display), (one) => one.stop());
  const server = options.parrot ? starting.adopt(await StreamingServer.start(), (one) => one.stop()) : null;
  const desktop = options.desktop ? { ...(await startDesktop(display.env)) } : null;
  if (desktop !== null) starting.defer(() => endProgram(desktop.desktop));
  let app: BeckonApp | null = null;
  if (options.app !== undefined) {
    const settings = { ...(server === null ? {} : parrotSettings(server)), ...options.app.settings };
    app = starting.adopt(await BeckonApp.launch({ ...options.app, display, settings }), (one) => one.close());
    await app.waitForCore();
    await app.waitForDesktop();
  }
  await options.stage?.(display, starting);
  const known = app === null ? null : await KnownState.of(display, app);
  return { display, app, server, desktop, known, all: starting.move() };
}

function given<Part>(part: Part | null, option: string): Part {
  if (part === null) throw new Error(`these cases were described without “${option}”`);
  return part;
}

/** A part that is started anew now and then, as one object that stays. */
function live<Part extends object>(now: () => Part): Part {
  return new Proxy({} as Part, {
    get: (_, name) => {
      const part = now();
      const value: unknown = Reflect.get(part, name);
      return typeof value === 'function' ? value.bind(part) : value;
    },
  });
}
