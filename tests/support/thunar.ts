import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestDisplay } from './display.ts';
import { sleep, startProgram, waitFor } from './processes.ts';

/** Where the first file's picture is in its window of 640 by 480, in pixels; the others stand to its right. */
const firstFile = { x: 240, y: 165 } as const;

/** A real Thunar that shows these files, below the place where the overlay comes. */
export class Thunar {
  readonly process: ChildProcess;
  readonly #display: TestDisplay;
  readonly #window: string;

  private constructor(display: TestDisplay, process: ChildProcess, window: string) {
    this.#display = display;
    this.process = process;
    this.#window = window;
  }

  /** What it starts finds the Beckon of this profile. */
  static async open(display: TestDisplay, profile: string, name: string, files: readonly string[]): Promise<Thunar> {
    const folder = join(display.folder, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const file of files) copyFileSync(file, join(folder, basename(file)));
    const process = startProgram('thunar', [folder], { env: { ...display.env, BECKON_PROFILE: profile } });
    const isThere = () => display.focusedTitle().startsWith(name);
    await waitFor('Thunar is there', isThere, 60_000);
    const window = display.xdotool('search', '--onlyvisible', '--name', `^${name}`).split('\n')[0] ?? '';
    display.xdotool('windowmove', window, '300', '470');
    return new Thunar(display, process, window);
  }

  /** Chooses all files, and “Ask Beckon” in the menu of a right click. */
  async askBeckon(): Promise<void> {
    this.#display.press('ctrl+a');
    // The menu is a window without a title, which no fact of the display tells of.
    await sleep(700);
    this.#display.press('shift+F10');
    await sleep(1500);
    for (const key of ['s', 'Down', 'Return']) {
      this.#display.press(key);
      await sleep(700);
    }
  }

  /** Copies all files. */
  copy(): void {
    this.#display.press('ctrl+a', 'ctrl+c');
  }

  /** Presses the mouse on the first file and holds it. */
  async take(): Promise<void> {
    this.#display.xdotool('mousemove', '--window', this.#window, String(firstFile.x), String(firstFile.y));
    await sleep(150);
    this.#display.xdotool('mousedown', '1');
    await sleep(150);
  }
}
