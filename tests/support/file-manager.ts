import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestDisplay } from './display.ts';
import { sleep, waitFor } from './processes.ts';

/** Where the first file's picture is in its window, in pixels. */
const firstFile = { x: 205, y: 100 } as const;

/** A real file manager with one file in its window, below the place where the overlay comes. */
export class FileManager {
  readonly process: ChildProcess;
  readonly #display: TestDisplay;
  readonly #window: string;

  private constructor(display: TestDisplay, process: ChildProcess, window: string) {
    this.#display = display;
    this.process = process;
    this.#window = window;
  }

  static async open(display: TestDisplay, file: string): Promise<FileManager> {
    const name = `of-${basename(file).replaceAll(/\W/g, '-')}`;
    const folder = join(display.folder, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    copyFileSync(file, join(folder, basename(file)));
    const process = display.start('pcmanfm', ['--no-desktop', '--new-win', folder]);
    await waitFor('the file manager is there', () => display.focusedTitle() === name, 20_000);
    const window = display.xdotool('search', '--onlyvisible', '--name', `^${name}$`).split('\n')[0] ?? '';
    display.xdotool('windowmove', window, '300', '470');
    await sleep(500);
    return new FileManager(display, process, window);
  }

  /** Presses the mouse on the file and holds it. */
  async take(): Promise<void> {
    await this.hold(firstFile);
  }

  /** Presses the mouse where no file is. */
  async holdElsewhere(): Promise<void> {
    await this.hold({ x: 400, y: 250 });
  }

  async copy(): Promise<void> {
    await this.take();
    this.#display.xdotool('mouseup', '1');
    await sleep(200);
    this.#display.press('ctrl+c');
    await sleep(300);
  }

  private async hold({ x, y }: { readonly x: number; readonly y: number }): Promise<void> {
    this.#display.xdotool('mousemove', '--window', this.#window, String(x), String(y));
    await sleep(150);
    this.#display.xdotool('mousedown', '1');
    await sleep(150);
  }
}
