import type { BrowserWindow } from 'electron';
import { pageOrigin, type SaidWords } from '../../contract/bridge.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';
import type { Rectangle } from './placement.ts';
import type { WindowRegistry } from './registry.ts';

export interface SaidNoteOptions {
  readonly registry: Pick<WindowRegistry, 'createNote'>;
  /** The box that has just gone, in device-independent pixels. */
  readonly box: () => Rectangle;
}

const usualMs = 2000;
/** Said later than this it would be about something else. */
const latestMs = 2500;
const height = 36;
/** Below the edge where the box was. */
const inset = 12;

/** A few words, such as what was just done, said for a moment where the box was; it takes neither the keyboard nor the mouse. */
export class SaidNote implements Disposable {
  readonly #options: SaidNoteOptions;
  readonly #timer = new Timer();
  #window: BrowserWindow | null = null;

  constructor(options: SaidNoteOptions) {
    this.#options = options;
  }

  /** `shownMs`: how long it stands there. */
  say(words: SaidWords, shownMs = usualMs): void {
    this.dispose();
    const { x, y, width } = this.#options.box();
    const own = widthOf(words);
    const window = this.#options.registry.createNote({
      ...{ x: Math.round(x + (width - own) / 2), y: y + inset, width: own, height },
      title: words.text,
    });
    this.#window = window;
    this.#timer.set(latestMs, () => this.dispose());
    window.once('ready-to-show', () => {
      if (window.isDestroyed()) return;
      window.showInactive();
      this.#timer.set(shownMs, () => this.dispose());
    });
    void window.loadURL(`${pageOrigin}/said.html#${encodeURIComponent(JSON.stringify(words))}`).catch(() => {});
  }

  /** It is over, or the box is called again. */
  dispose(): void {
    this.#timer.dispose();
    if (this.#window !== null && !this.#window.isDestroyed()) this.#window.destroy();
    this.#window = null;
  }
}

/** Room for its words in the pages' type: 13 px for a Chinese character, about 7 for others, 6 for those on a key. */
function widthOf({ text, keys }: SaidWords): number {
  const letters = [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13 : 7.2), 0);
  const caps = keys.flat().reduce((sum, key) => sum + 10 + key.length * 5.8, 8 * keys.length);
  return Math.round(letters + caps + 48);
}
