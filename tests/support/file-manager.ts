import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestDisplay } from './display.ts';
import { sleep, waitFor } from './processes.ts';

/** Where the first file's picture is in its window, in pixels. */
const firstFile = { x: 205, y: 100 } as const;

/** A real file manager with one file in its window, below the place where the overlay comes. */
export class FileManager {
  readonly process: ChildProcess;
  readonly #display: TestDisplay;
  readonly #window: string;
  readonly #file: string;

  private constructor(display: TestDisplay, process: ChildProcess, window: string, file: string) {
    this.#display = display;
    this.process = process;
    this.#window = window;
    this.#file = file;
  }

  static async open(display: TestDisplay, file: string): Promise<FileManager> {
    const name = `of-${basename(file).replaceAll(/\W/g, '-')}`;
    const folder = join(display.folder, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const copy = join(folder, basename(file));
    copyFileSync(file, copy);
    const process = display.start('pcmanfm', ['--no-desktop', '--new-win', folder]);
    await waitFor('the file manager is there', () => display.focusedTitle() === name, 20_000);
    const window = display.xdotool('search', '--onlyvisible', '--name', `^${name}$`).split('\n')[0] ?? '';
    display.xdotool('windowmove', window, '300', '470');
    await sleep(500);
    return new FileManager(display, process, window, copy);
  }

  /** Presses the mouse on the file and holds it. */
  async take(): Promise<void> {
    await this.hold(firstFile);
  }

  /** Presses the mouse where no file is. */
  async holdElsewhere(): Promise<void> {
    await this.hold({ x: 400, y: 250 });
  }

  /** Resolves when the file is in the clipboard: a window that is just there may take neither the click nor the key. */
  async copy(): Promise<void> {
    const address = pathToFileURL(this.#file).href;
    const isCopied = () => this.#display.selection('clipboard', 'text/uri-list').includes(address);
    await waitFor(
      'the file is copied',
      async () => {
        await this.take();
        this.#display.xdotool('mouseup', '1');
        this.#display.press('ctrl+c');
        return waitFor('it is there', isCopied, 1500).catch(() => false);
      },
      15_000,
    );
  }

  private async hold({ x, y }: { readonly x: number; readonly y: number }): Promise<void> {
    this.#display.xdotool('mousemove', '--window', this.#window, String(x), String(y));
    await sleep(150);
    this.#display.xdotool('mousedown', '1');
    await sleep(150);
  }
}
