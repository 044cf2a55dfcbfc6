import { setTimeout as sleep } from 'node:timers/promises';
import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { applicationOf } from '../applications/applications.ts';
import type { InterruptedKeys } from './interrupted-keys.ts';
import type { Keyboard, KeyName } from './keyboard.ts';
import type { WindowWatch } from './window-watch.ts';

/** A selection that was read from PRIMARY, as it has to be still when text is pasted over it. */
export interface PrimarySelection {
  readonly window: ActiveWindow;
  readonly owner: number;
  readonly text: string;
  /** It is offered as HTML too, and the accessibility interface says that it can be edited: rich text is taken as such. */
  readonly takesHtml: boolean;
}

export interface SelectionKeysParts {
  readonly windows: WindowWatch;
  readonly keyboard: Keyboard;
  readonly interrupted: InterruptedKeys;
  /**
   * What a copy gives in a document of an office where something is selected; null when something else was copied meanwhile.
   * With nothing selected it throws. `lateMs`: how long a copy that comes late is taken out of the clipboard again.
   */
  readonly readCopy: (window: number, lateMs?: number) => Promise<string | null>;
  /** What PRIMARY holds now. */
  readonly readPrimary: () => Promise<{ readonly owner: number; readonly text: string } | null>;
}

const focusLimitMs = 1200;
/** An office that has just got the keyboard back throws away a shortcut that comes sooner. */
export const awakeMs = 200;
/** An office offers another selection some 100 ms after the key that made it. */
const keyLimitMs = 500;
/** Reading what is selected, in characters a millisecond: a long text takes longer to come. */
const charactersPerMs = 10_000;
/** Keys that move an end of the selection; in text from right to left it is the right one that goes back in the text. */
const selectionKeys = ['Left', 'Right'] as const;
export type BackKey = (typeof selectionKeys)[number];
/** The key that takes back what the other did. */
export const opposite = { Left: 'Right', Right: 'Left' } as const satisfies Record<BackKey, BackKey>;
/** Three clicks in a browser select to the beginning of what comes next: moving back from there takes nothing off yet. */
export const mostMoves = 2;
/** A character as a person sees it can be several, such as a family of emoji, in UTF-16 units. */
export const longestCharacter = 16;

/** A selection of cells comes with tabs between them and a line's end after each row. */
export function isSpreadsheet(window: ActiveWindow): boolean {
  return applicationOf(window).family === 'spreadsheet';
}

/** A selection that a key makes longer or shorter is not offered anew, and a copy with nothing selected does nothing. */
export function isOffice(window: ActiveWindow): boolean {
  return applicationOf(window).family === 'office';
}

/** Keys in the window of a selection, and how what is offered as selected follows them. */
export class SelectionKeys {
  readonly #parts: SelectionKeysParts;

  constructor(parts: SelectionKeysParts) {
    this.#parts = parts;
  }

  /**
   * What was selected may be selected no longer though it is still offered: browsers keep what PRIMARY held, and a cell that
   * was left does. A paste would go in wherever the caret is. So the end of the selection is moved and moved back: what is
   * offered then follows. In an open cell a key takes a character off; elsewhere in a spreadsheet it selects cells.
   * Returns the key that goes back in that text. `lateMs`: see `SelectionKeysParts.readCopy`.
   */
  async requireSelected(selection: PrimarySelection, lateMs?: number): Promise<BackKey> {
    const { text, window } = selection;
    if (isOffice(window)) {
      await this.#requireCopied(selection, lateMs);
      return 'Left';
    }
    const cells = isSpreadsheet(window);
    // One character alone would be selected no longer after a key that takes one off.
    const ways = isOneCharacter(text) ? [...selectionKeys].reverse() : selectionKeys;
    for (const key of ways) {
      const pressed = { window: Number(window.windowId), text, back: opposite[key], ends: [] };
      const moved = await this.#parts.interrupted.during(pressed, async () => {
        const there = await this.#moveEnd(key, selection, cells ? 1 : mostMoves);
        if (there !== null) await this.press(window, opposite[key], 'Shift', there.presses);
        return there?.text ?? null;
      });
      // At an end of the text the key does nothing, and there is nothing to take back.
      if (moved === null) continue;
      const follows = isShorter(moved, text) || (!cells && isShorter(text, moved));
      if (follows && (await this.#isOffered(text))) return backKeyOf(key, moved, text);
      throw cells ? new AppError('put-back/not-editable', 'the cell is not open') : changed();
    }
    throw new AppError('put-back/not-editable', 'the selection does not follow the keys');
  }

  /** An office offers what was selected at first, however it grew or shrank by keys since; a copy gives what is selected now. */
  async #requireCopied({ text, window }: PrimarySelection, lateMs: number | undefined): Promise<void> {
    await sleep(awakeMs);
    await this.requireFocus(window);
    const copied = await this.#parts.readCopy(Number(window.windowId), lateMs).catch((error) => {
      throw new AppError('put-back/refused', `the selection could not be checked: ${String(error)}`);
    });
    if (copied !== text) throw changed();
  }

  /** Moves an end of the selection until another text is offered; null when none is. */
  async #moveEnd(
    key: BackKey,
    { text, window }: PrimarySelection,
    most: number,
  ): Promise<{ text: string; presses: number } | null> {
    for (let presses = 1; presses <= most; presses += 1) {
      await this.press(window, key, 'Shift');
      const now = await this.offered((offered) => offered !== text, text.length / charactersPerMs);
      if (now !== null) return { text: now, presses };
    }
    return null;
  }

  async #isOffered(text: string): Promise<boolean> {
    return (await this.offered((offered) => offered === text, text.length / charactersPerMs)) !== null;
  }

  /** What is offered as selected once it is as wanted, for a moment and `moreMs`; null when it does not become so. */
  async offered(isWanted: (text: string) => boolean, moreMs = 0): Promise<string | null> {
    const end = Date.now() + keyLimitMs + moreMs;
    while (Date.now() < end) {
      await sleep(20);
      const now = await this.#parts.readPrimary().catch(() => null);
      if (now !== null && isWanted(now.text)) return now.text;
    }
    return null;
  }

  async waitForFocus(window: ActiveWindow): Promise<void> {
    const end = Date.now() + focusLimitMs;
    while ((await this.#parts.windows.focused()) !== Number(window.windowId)) {
      if (Date.now() > end) throw await this.#notInFront(window, 'the window did not get the focus back');
      await sleep(20);
    }
  }

  /** Between the check and the key nothing is awaited that another window could use to come in front for long. */
  async press(window: ActiveWindow, key: KeyName, modifier: 'Control' | 'Shift' | null, times = 1): Promise<void> {
    for (let left = times; left > 0; left -= 1)
      await this.#parts.keyboard.press(key, modifier, () => this.requireFocus(window));
  }

  async requireFocus(window: ActiveWindow): Promise<void> {
    if ((await this.#parts.windows.focused()) !== Number(window.windowId))
      throw await this.#notInFront(window, 'another window has the focus');
  }

  async #notInFront({ windowId }: ActiveWindow, message: string): Promise<AppError> {
    const isOpen = await this.#parts.windows.isOpen(Number(windowId));
    return new AppError(isOpen ? 'put-back/not-in-front' : 'put-back/target-gone', message);
  }
}

export function changed(): AppError {
  return new AppError('put-back/changed', 'another text is selected');
}

export function isOneCharacter(text: string): boolean {
  return text.length <= longestCharacter && [...new Intl.Segmenter().segment(text)].length === 1;
}

/** By a character at one of its ends. */
export function isShorter(now: string, before: string): boolean {
  const less = before.length - now.length;
  return less > 0 && less <= longestCharacter && (before.startsWith(now) || before.endsWith(now));
}

/** Where an end that a key moves to `now` tells that the key goes forward, it is the other one that goes back. */
function backKeyOf(key: BackKey, now: string, before: string): BackKey {
  const goesBack = isShorter(now, before) ? before.startsWith(now) : now.endsWith(before);
  const goesForward = isShorter(now, before) ? before.endsWith(now) : now.startsWith(before);
  // A text of one character again and again fits both ways.
  if (goesBack && goesForward) return 'Left';
  return goesBack ? key : opposite[key];
}
