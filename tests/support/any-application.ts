import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { endProgram, processTree, run, sleep, waitFor } from './processes.ts';

/** The document that each application holds: the second line is asked about first, the last one after it. */
export const lines = [
  'First line.',
  'The tide turn at noon. 潮水转向。',
  'The ferry leave at six. 渡轮开走。',
] as const;
export const answers = ['', 'The tide turns at noon. 潮水正转向。', 'The ferry leaves at six. 渡轮离开。'] as const;
export const whole = `${lines.join('\n')}\n`;

/** An application, and how a person works in it. */
export interface AnyApplication {
  readonly name: string;
  readonly toolkit: string;
  /** Whether its name stood anywhere in the project before it was tried by this table. */
  readonly named: boolean;
  readonly command: string;
  /** Writes what it opens into a folder of its own and answers its arguments. */
  readonly open: (folder: string) => readonly string[];
  readonly title: RegExp;
  /** Milliseconds until it takes keys. */
  readonly settleMs: number;
  /** Keys and clicks that bring the caret into the text; a pair is a place in the window, in hundredths of its size. */
  readonly enter?: readonly Move[];
  /** It opens no file: the document is put in by the test. */
  readonly typed?: true;
  /** Keys that select a line of the document; the usual ones when left out. */
  readonly line?: (index: number) => readonly string[];
  /** Where the keyboard selects nothing: from and to where the mouse is dragged, in hundredths of the window. */
  readonly drag?: (index: number) => readonly [from: readonly [number, number], to: readonly [number, number]];
  /** How the document is read by the application's own means: it is saved, or all of it selected and copied, or offered where Ctrl+C means something else. */
  readonly read:
    | 'copied'
    | 'offered'
    | { readonly saved: string; readonly by?: readonly string[]; readonly parse?: (file: string) => string };
  /** Keys that select all of it where Ctrl+A means something else. */
  readonly selectAll?: readonly string[];
  /** How often its own undo has to be pressed at most; 0 where it has none. */
  readonly undoSteps?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What ends otherwise than with the text replaced, and why. */
  readonly ends?: { readonly at: Step; readonly why: string };
}

/** A key, `wait` for a window that opens, a click in the window that has the keyboard, or one at pixels of the screen. */
export type Move =
  | string
  | readonly [x: number, y: number, times?: number]
  | { readonly screen: readonly [x: number, y: number]; readonly times?: number };

/** What has to hold, one after the other. */
export const steps = [
  'open',
  'selected',
  'captured',
  'answered',
  'replaced',
  'text',
  'clipboard',
  'focus',
  'undone',
  'again',
] as const;
export type Step = (typeof steps)[number];

/** Longest until a busy application has written or copied what it was told to. */
const readLimitMs = 8000;
/** How often a line is selected anew where an older selection is offered still. */
const mostTries = 3;

/** By characters: a line may be shown as several, and keys that go by lines mean other things here and there. */
export function usualLine(index: number): readonly string[] {
  const before = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  const times = (count: number, key: string) => Array.from({ length: count }, () => key);
  return ['ctrl+Home', ...times(before, 'Right'), ...times(lines[index]?.length ?? 0, 'shift+Right')];
}

export function written(folder: string, name: string, content: string | Buffer = whole): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export const editor = (name: string): string => join(checkout, 'tests', 'fakes', 'editors', name);

/** An application that was opened, with its document. */
export class OpenApplication {
  readonly #display: TestDisplay;
  readonly #application: AnyApplication;
  readonly #folder: string;
  readonly process: ChildProcess;
  window = '';

  private constructor(display: TestDisplay, application: AnyApplication, folder: string, process: ChildProcess) {
    this.#display = display;
    this.#application = application;
    this.#folder = folder;
    this.process = process;
  }

  static async open(display: TestDisplay, application: AnyApplication): Promise<OpenApplication> {
    const { name, command, open, title, settleMs, env, enter = [], typed } = application;
    if (spawnSync('which', [command]).status !== 0) throw new Error(`${command} is not installed`);
    // A key that a busy machine lets go of late would be repeated, and select more than it was pressed for.
    run('xset', ['r', 'off'], display.env);
    const folder = join(display.folder, 'home', `${name.replaceAll(/\W+/g, '-')}`);
    mkdirSync(folder, { recursive: true });
    Object.assign(display.env, { EDITOR_PROFILE: folder, ...env });
    const opened = new OpenApplication(display, application, folder, display.start(command, open(folder)));
    await waitFor(`${command} has the keyboard`, () => title.test(display.focusedTitle()), 40_000);
    await sleep(settleMs);
    await opened.do(enter);
    opened.window = display.xdotool('getwindowfocus');
    if (typed) await opened.#pasteDocument();
    return opened;
  }

  /** Typed letters that no key has are lost here and there; pasted ones are not. */
  async #pasteDocument(): Promise<void> {
    const display = this.#display;
    const copy = display.start('xclip', [
      '-quiet',
      '-selection',
      'clipboard',
      '-i',
      written(this.#folder, 'document.txt'),
    ]);
    await waitFor('it is in the clipboard', () => display.selection('clipboard') === whole);
    display.press('ctrl+v');
    await sleep(1000);
    await endProgram(copy);
  }

  /** Presses and clicks. */
  async do(moves: readonly Move[]): Promise<void> {
    for (const move of moves) {
      if (move === 'wait') await sleep(2500);
      else if (typeof move === 'string') this.#display.press(move);
      else if ('screen' in move) this.#clickAt(['mousemove', ...move.screen.map(String)], move.times ?? 1);
      else this.#click(move);
      await sleep(typeof move === 'string' ? 80 : 400);
    }
  }

  /** Until it is told to others that the line is selected; at once where the application tells nobody. */
  async select(index: number): Promise<void> {
    const isOffered = () => this.#display.selection('primary').trim() === lines[index];
    for (let tries = 0; tries < mostTries; tries += 1) {
      const keys = (this.#application.line ?? usualLine)(index);
      // An office throws a shortcut away that comes as soon as it has the keyboard: the first one is pressed once more.
      await sleep(700);
      const dragged = this.#application.drag?.(index);
      if (dragged === undefined) this.#display.press(...keys.slice(0, 1));
      await sleep(400);
      if (dragged === undefined) this.#display.press(...keys);
      else this.#drag(...dragged);
      // A browser offers what was selected last until it has come to the keys.
      const isThere = await waitFor('it is offered', isOffered, 2500).then(
        () => true,
        () => false,
      );
      if (isThere || this.#display.selection('primary') === '') return;
    }
  }

  /**
   * The document as the application itself gives it. A copy of all of it takes the clipboard. `wanted`: what it is to hold; a
   * busy application writes its file a while after it was told to.
   */
  async read(wanted?: string): Promise<string> {
    const { read, selectAll = ['ctrl+a'] } = this.#application;
    if (read === 'copied' || read === 'offered') {
      await this.do([...selectAll, ...(read === 'copied' ? ['ctrl+c'] : [])]);
      await sleep(400);
      return this.#once(wanted, () => this.#display.selection(read === 'copied' ? 'clipboard' : 'primary'));
    }
    await this.do(read.by ?? ['ctrl+s']);
    await sleep(900);
    return this.#once(wanted, () => {
      const file = readFileSync(join(this.#folder, read.saved), 'utf8');
      return read.parse?.(file) ?? file;
    });
  }

  async #once(wanted: string | undefined, text: () => string): Promise<string> {
    const now = () => tidy(text());
    if (wanted !== undefined) await waitFor('it is there', () => now() === wanted, readLimitMs).catch(() => {});
    return now();
  }

  /** Whether any process of it has ended by itself. */
  isThere(): boolean {
    return processTree(this.process.pid ?? 0).length > 0;
  }

  #click([x, y, times = 1]: readonly [number, number, number?]): void {
    this.#clickAt(this.#moveTo([x, y]), times);
  }

  #drag(from: readonly [number, number], to: readonly [number, number]): void {
    this.#display.xdotool(...this.#moveTo(from), 'mousedown', '1');
    this.#display.xdotool(...this.#moveTo(to));
    this.#display.xdotool(...this.#moveTo(to), 'mouseup', '1');
  }

  #moveTo([x, y]: readonly [number, number]): readonly string[] {
    const window = this.#display.xdotool('getwindowfocus');
    const shell = this.#display.xdotool('getwindowgeometry', '--shell', window);
    const size = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(shell)?.[1]);
    const at = [Math.round((x * size('WIDTH')) / 100), Math.round((y * size('HEIGHT')) / 100)];
    return ['mousemove', '--window', window, ...at.map(String)];
  }

  #clickAt(move: readonly string[], times: number): void {
    this.#display.xdotool(...move);
    this.#display.xdotool('click', '--repeat', String(times), '--delay', '40', '1');
  }
}

/** Line ends around a document are the application's own matter. */
export function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\u00A0', ' ').trim();
}
