import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import type { PutBackMode } from '../ports.ts';
import { type ClipboardLease, type Loan, offerText } from './clipboard-lease.ts';
import type { Keyboard } from './keyboard.ts';
import pasteTargets from './paste-targets.json' with { type: 'json' };
import type { SelectionReader } from './read-selection.ts';
import type { WindowWatch } from './window-watch.ts';
import type { X11Connection } from './x11-connection.ts';

/** A selection that was read from PRIMARY, as it has to be still when text is pasted over it. */
export interface PrimarySelection {
  readonly window: ActiveWindow;
  readonly owner: number;
  readonly text: string;
}

export interface PasteParts {
  readonly x: X11Connection;
  readonly windows: WindowWatch;
  readonly reader: SelectionReader;
  readonly lease: ClipboardLease;
  readonly keyboard: Keyboard;
  /** What PRIMARY holds now. */
  readonly readPrimary: () => Promise<{ readonly owner: number; readonly text: string } | null>;
}

const focusLimitMs = 1200;
/** An application that takes a paste asks for the text within a few milliseconds. */
const askedLimitMs = 1200;
/** Browsers tell the display of a new selection a moment after it was made. */
const readBackLimitMs = 900;
/** A selection of cells comes with tabs between them and a line's end after each row. */
const spreadsheets: readonly string[] = ['libreoffice-calc', 'gnumeric'];
/** A character as a person sees it can be several, such as a family of emoji, in UTF-16 units. */
const longestCharacter = 16;
/** Some ask for a second format after the first. */
const settleMs = 250;

/**
 * Whether a key may be synthesised in a window at all: only in applications known to paste on Ctrl+V over a selection. In a
 * terminal, Emacs and whatever else is not known, the same key does something else.
 */
export function takesPaste({ application }: ActiveWindow, selected: string): boolean {
  if (application === null) return false;
  const name = application.toLowerCase();
  // Whole cells, which a paste would change in ways that cannot be read back; in a cell that is edited it works.
  if (spreadsheets.includes(name) && /[\t\n]/.test(selected)) return false;
  return pasteTargets.includes(name);
}

/** The guarded way back: one paste into the very window and selection that were captured, the clipboard given back after. */
export class PasteRoute {
  readonly #parts: PasteParts;
  readonly #lease: ClipboardLease;
  readonly #keyboard: Keyboard;

  constructor(parts: PasteParts) {
    this.#parts = parts;
    this.#lease = parts.lease;
    this.#keyboard = parts.keyboard;
  }

  /** Beckon's own window must be gone by then. Throws `put-back/…`; then no key was pressed, or nothing took the text. */
  async write(selection: PrimarySelection, text: string, mode: PutBackMode): Promise<void> {
    await this.#waitForFocus(selection.window);
    const now = await this.#parts.readPrimary().catch(() => null);
    if (now === null || now.text !== selection.text || now.owner !== selection.owner)
      throw new AppError('put-back/changed', 'another text is selected');
    const pasted = mode === 'replace' ? text : `\n\n${text}`;
    await this.#lease.during(offerText(pasted), async ({ onRequest }) => {
      const taken = this.#untilTaken(selection.window, onRequest);
      if (mode === 'insert-below') await this.#keyboard.press('Right', null);
      // Between the check and the key nothing is awaited that another window could use to come in front for long.
      await this.#requireFocus(selection.window);
      await this.#keyboard.press('v', 'Control');
      if (!(await taken) || !(await this.#readBack(selection, pasted)))
        throw new AppError('put-back/not-editable', 'nothing there took the text');
    });
  }

  /** The application's own undo, in the same window. */
  async undo(selection: PrimarySelection): Promise<void> {
    await this.#waitForFocus(selection.window);
    await this.#keyboard.press('z', 'Control');
  }

  /**
   * Whether the caret stands behind the pasted text: selecting one character back then selects its last one. A web page
   * that cannot be edited reads the clipboard too and does nothing with it; there its old selection shrinks instead.
   */
  async #readBack(selection: PrimarySelection, text: string): Promise<boolean> {
    // White space alone is no selection that can be read, so that at the end goes along with the character before it.
    const characters = text.length - text.trimEnd().length + 1;
    for (let left = characters; left > 0; left -= 1) await this.#keyboard.press('Left', 'Shift');
    const end = Date.now() + readBackLimitMs;
    while (Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      const now = await this.#parts.readPrimary().catch(() => null);
      if (now === null || now.text === selection.text) continue;
      const there = now.text.length < longestCharacter + characters && text.endsWith(now.text);
      // The caret goes back behind the text, or the page's selection back to what it was.
      if (there) await this.#keyboard.press('Right', null);
      else for (let left = characters; left > 0; left -= 1) await this.#keyboard.press('Right', 'Shift');
      return there;
    }
    return false;
  }

  async #waitForFocus(window: ActiveWindow): Promise<void> {
    const end = Date.now() + focusLimitMs;
    while ((await this.#parts.windows.focused()) !== Number(window.windowId)) {
      if (Date.now() > end) throw new AppError('put-back/target-gone', 'the window did not get the focus back');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #requireFocus(window: ActiveWindow): Promise<void> {
    if ((await this.#parts.windows.focused()) !== Number(window.windowId))
      throw new AppError('put-back/target-gone', 'another window has the focus');
  }

  /** True a moment after the target's own application has read the text; false when it does not. */
  #untilTaken(window: ActiveWindow, onRequest: Loan['onRequest']): Promise<boolean> {
    const { x } = this.#parts;
    return new Promise((resolve) => {
      const limit = setTimeout(() => resolve(false), askedLimitMs);
      onRequest(({ requestor, target }) => {
        const check = async () => {
          const asksWhatThereIs = target === (await x.atom('TARGETS')) || target === (await x.atom('TIMESTAMP'));
          if (asksWhatThereIs || !(await x.sameClient(requestor, Number(window.windowId)))) return;
          clearTimeout(limit);
          setTimeout(() => resolve(true), settleMs);
        };
        void check();
      });
    });
  }
}
