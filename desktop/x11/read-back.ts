import { setTimeout as sleep } from 'node:timers/promises';
import type { ActiveWindow } from '../../contract/desktop.ts';
import type { SelectionReader } from './read-selection.ts';
import { restoreSelection } from './restore-selection.ts';
import {
  type BackKey,
  longestCharacter,
  opposite,
  type PrimarySelection,
  type SelectionKeys,
  type SelectionKeysParts,
} from './selection-keys.ts';
import type { X11Connection } from './x11-connection.ts';

export interface ReadBackParts extends SelectionKeysParts {
  readonly x: X11Connection;
  readonly reader: SelectionReader;
}

/**
 * Browsers tell the display of a new selection a moment after it was made. A page that is busy tells nothing and pastes later:
 * what was lent has to be there then still.
 */
const limitMs = 3000;
/** Where the text runs from right to left, the other key is tried after this. */
const otherKeyMs = 1200;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

type Offered = { readonly owner: number; readonly text: string };

/** `madeAt`: by the display's clock; null where the owner does not say. */
interface OwnSelection extends Offered {
  readonly madeAt: number | null;
}

/** Selects what stands before the caret to look at it, and goes back to the caret. */
export class ReadBack {
  readonly #parts: ReadBackParts;
  readonly #keys: SelectionKeys;
  /** What these keys have selected last: it is offered on, though nothing is selected any more. */
  #looked: OwnSelection | null = null;
  /** Once a selection is as it was that a process which died had moved the end of. */
  readonly restored: Promise<void>;

  constructor(parts: ReadBackParts, keys: SelectionKeys) {
    this.#parts = parts;
    this.#keys = keys;
    this.restored = this.#restore().catch(() => {});
  }

  /**
   * Whether the caret stands behind the pasted text: selecting one character back then selects its last one. A web page
   * that cannot be edited reads the clipboard too and does nothing with it; there its old selection shrinks instead. Null
   * when neither came: a page that is busy pastes later. `back`: the key that went back in the text that was there.
   */
  async isThere(selection: PrimarySelection, texts: readonly string[], back: BackKey): Promise<boolean | null> {
    if (back === 'Left' && !texts.some((text) => rightToLeft.test(text)))
      return this.#isThere(selection, texts, back, { waitMs: limitMs, turn: 'none' });
    // A page's own direction and that of a text in it decide which key goes back.
    const first = await this.#isThere(selection, texts, back, { waitMs: otherKeyMs, turn: 'first' });
    return first ?? this.#isThere(selection, texts, opposite[back], { waitMs: limitMs, turn: 'second' });
  }

  async #isThere(
    selection: PrimarySelection,
    texts: readonly string[],
    key: BackKey,
    { waitMs, turn }: { readonly waitMs: number; readonly turn: 'none' | 'first' | 'second' },
  ): Promise<boolean | null> {
    const { window, text } = selection;
    // White space alone is no selection that can be read, so that at the end goes along with the character before it.
    const characters = Math.max(...texts.map((pasted) => pasted.length - pasted.trimEnd().length)) + 1;
    const ends = texts.map((pasted) => pasted.slice(-longestCharacter - characters));
    const pressed = { window: Number(window.windowId), text, back: opposite[key], ends };
    return this.#parts.interrupted.during(pressed, async () => {
      await this.#keys.press(window, key, 'Shift', characters);
      const now = await this.#offeredOther(text, waitMs);
      const isEnd = now !== null && texts.some((pasted) => pasted.endsWith(now.text));
      // In formatted text Chromium leaves the caret elsewhere; a page that took nothing has its old selection, changed by one.
      const isOld = now !== null && (text.startsWith(now.text) || now.text.endsWith(text));
      const there = now !== null && now.text.length < longestCharacter + characters && (isEnd || !isOld);
      // The caret goes back behind the text, or the page's selection back to what it was. To which end of a selection a key
      // alone goes is decided by the selected text, and how far a key with Shift goes by what is around it.
      if (there && turn === 'none') await this.leave(window, key, now);
      // At the end of a text, what took the first key back has selected as much already.
      else await this.#keys.press(window, opposite[key], 'Shift', turn === 'second' ? 2 * characters : characters);
      if (there && turn !== 'none') await this.note(now);
      return now === null ? null : there;
    });
  }

  async #offeredOther(text: string, waitMs: number): Promise<Offered | null> {
    const end = Date.now() + waitMs;
    while (Date.now() < end) {
      await sleep(30);
      const now = await this.#parts.readPrimary().catch(() => null);
      if (now !== null && now.text !== text) return now;
    }
    return null;
  }

  /** Back to the caret, so that nothing is selected any more. `back`: the key that the text before it was selected by. */
  async leave(window: ActiveWindow, back: BackKey, offered: Offered | null): Promise<void> {
    await this.#keys.press(window, opposite[back], null);
    await this.note(offered);
  }

  async note(offered: Offered | null): Promise<void> {
    const madeAt = await this.#parts.reader.copiedAt('PRIMARY').catch(() => null);
    this.#looked = offered === null ? null : { ...offered, madeAt };
  }

  /** Whether this is what these keys have selected: browsers offer it until something else is selected. */
  async isOwn(offered: Offered): Promise<boolean> {
    const looked = this.#looked;
    if (looked === null || looked.owner !== offered.owner || looked.text !== offered.text) return false;
    // An owner that does not say when may offer the same text as a selection of the person.
    return looked.madeAt !== null && looked.madeAt === (await this.#parts.reader.copiedAt('PRIMARY'));
  }

  async #restore(): Promise<void> {
    const left = await this.#parts.interrupted.left();
    if (left === null) return;
    const { x, readPrimary } = this.#parts;
    await restoreSelection(left, {
      keys: this.#keys,
      readPrimary,
      sameClient: (one, other) => x.sameClient(one, other),
      note: (offered) => this.note(offered),
    });
  }
}
