import type { ActiveWindow } from '../../../contract/desktop.ts';
import { toErrorShape } from '../../../contract/errors.ts';
import { sleep } from '../../sleep.ts';
import type { InterruptedKeys } from '../interrupted-keys.ts';
import type { OfferedText, SelectedText, SelectionSight } from '../primary-selection.ts';
import type { WindowKeys } from '../window-keys.ts';
import { type BackKey, longestCharacter, opposite } from './back-key.ts';

export interface LandedDeps {
  readonly keys: Pick<WindowKeys, 'press'>;
  readonly primary: Pick<SelectionSight, 'read' | 'look' | 'follows' | 'noteOwn'>;
  readonly interrupted: Pick<InterruptedKeys, 'during'>;
}

/** Whether what was pasted is in the text; `unknown` when nobody can say: an application that is busy pastes later. */
export type Landing = 'there' | 'not' | 'unknown';

/**
 * Browsers tell the display of a new selection a moment after it was made. A page that is busy tells nothing and pastes later:
 * what was lent has to be there then still.
 */
const limitMs = 3000;
/** Where the text runs from right to left, the other key is tried after this. */
const otherKeyMs = 1200;
const lookEveryMs = 30;
/** How long a page that was busy is looked at until it has come to the keys, and how often. */
const busyLimitMs = 10_000;
const busyEveryMs = 250;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** What was selected to look at it. `before`: what was offered when no key had been pressed yet. */
export interface LookedBack {
  /** The key that it was selected by, and how often it was pressed by characters: once where it went by lines. */
  readonly back: BackKey;
  readonly presses: number;
  readonly offered: OfferedText | null;
  readonly before: OfferedText | null;
}

/** One look back. `turn`: whether it is the only one, or one of two by both keys. */
interface Look {
  readonly waitMs: number;
  readonly turn: 'none' | 'first' | 'second';
}

/** Selects what stands before the caret to look at it, and goes back to the caret. */
export class Landed {
  readonly #deps: LandedDeps;

  constructor(deps: LandedDeps) {
    this.#deps = deps;
  }

  /**
   * Whether the caret stands behind one of the texts: selecting one character back then selects its last one. A web page
   * that cannot be edited reads the clipboard too and does nothing with it; there its old selection shrinks instead.
   * `back`: the key that went back in the text that was there.
   */
  async look(selected: SelectedText, texts: readonly string[], back: BackKey): Promise<Landing> {
    if (back === 'Left' && !texts.some((text) => rightToLeft.test(text)))
      return this.#look(selected, texts, back, { waitMs: limitMs, turn: 'none' });
    // A page's own direction and that of a text in it decide which key goes back.
    const first = await this.#look(selected, texts, back, { waitMs: otherKeyMs, turn: 'first' });
    if (first !== 'unknown') return first;
    return this.#look(selected, texts, opposite[back], { waitMs: limitMs, turn: 'second' });
  }

  /** Until a page that was busy has come to the keys, within a limit. */
  async untilFollows({ text }: SelectedText): Promise<void> {
    const end = Date.now() + busyLimitMs;
    while (Date.now() < end) {
      await sleep(busyEveryMs);
      const now = await this.#deps.primary.look();
      if (now !== null && now.text !== text) return;
    }
  }

  /**
   * Back to the caret, so that nothing is selected any more. A key alone goes to the end of a selection in most toolkits, and one
   * step from the moved end in others (FOX, FLTK): with one character left selected both come to the caret.
   */
  async leave(window: ActiveWindow, looked: LookedBack): Promise<void> {
    const { keys, primary } = this.#deps;
    const { back, presses, before } = looked;
    const offered = await this.#whole(looked);
    // At an end of the text nothing was selected: a key alone would move the caret.
    if (offered === null && (await this.#isNothing())) return;
    const isMade = offered !== null && offered.text !== before?.text;
    const steps = isMade ? Math.max(0, Math.min(presses, stepsOver(offered.text)) - 1) : 0;
    await keys.press(window, opposite[back], 'Shift', steps);
    const left = steps > 0 ? await this.#oneOf(offered) : offered;
    await keys.press(window, opposite[back], null);
    await primary.noteOwn(left);
  }

  /** The one character that is left selected, once it is offered: it is offered on after nothing is selected any more. */
  async #oneOf(whole: OfferedText | null): Promise<OfferedText | null> {
    const { primary } = this.#deps;
    await primary.follows((text) => text !== whole?.text && stepsOver(text) === 1);
    return primary.look();
  }

  /** Whether it is told that nothing is selected, and not only that nobody answers. Some own PRIMARY then, and offer no text. */
  async #isNothing(): Promise<boolean> {
    return this.#deps.primary.read().then(
      (now) => now === null,
      (error) => toErrorShape(error).code === 'capture/not-text',
    );
  }

  /** What is selected once the application has come to all of the keys. At an end of the text it is less than they would select. */
  async #whole({ presses, offered, before }: LookedBack): Promise<OfferedText | null> {
    const { primary } = this.#deps;
    const isWhole = (text: string) => text !== before?.text && stepsOver(text) >= presses;
    if (presses === 1 || offered === null || isWhole(offered.text)) return offered;
    await primary.follows(isWhole);
    return primary.look();
  }

  async #look(
    { window, text, asksFirst = false }: SelectedText,
    texts: readonly string[],
    key: BackKey,
    { waitMs, turn }: Look,
  ): Promise<Landing> {
    // White space alone is no selection that can be read, so that at the end goes along with the character before it.
    const characters = Math.max(...texts.map((pasted) => pasted.length - pasted.trimEnd().length)) + 1;
    const ends = texts.map((pasted) => pasted.slice(-longestCharacter - characters));
    const pressed = { window: Number(window.windowId), text, back: opposite[key], ends };
    return this.#deps.interrupted.during(pressed, async () => {
      await this.#deps.keys.press(window, key, 'Shift', characters);
      const now = await this.#offeredOther(text, waitMs);
      const isEnd = now !== null && texts.some((pasted) => pasted.endsWith(now.text));
      // In formatted text Chromium leaves the caret elsewhere; a page that took nothing has its old selection, changed by one.
      const isOld = now !== null && (text.startsWith(now.text) || now.text.endsWith(text));
      // One that knows no Unicode puts other letters there, and says nothing of it: it may be there, and that is told.
      const isOther = asksFirst && texts.length === 1 && now !== null && !isEnd && !isOld;
      const there = now !== null && now.text.length < longestCharacter + characters && (isEnd || !isOld);
      // The caret goes back behind the text, or the page's selection back to what it was. To which end of a selection a key
      // alone goes is decided by the selected text, and how far a key with Shift goes by what is around it.
      if (there && turn === 'none')
        await this.leave(window, { back: key, presses: characters, offered: now, before: null });
      // At the end of a text, what took the first key back has selected as much already.
      else await this.#deps.keys.press(window, opposite[key], 'Shift', turn === 'second' ? 2 * characters : characters);
      if (there && turn !== 'none') await this.#deps.primary.noteOwn(now);
      if (now === null || isOther) return 'unknown';
      return there ? 'there' : 'not';
    });
  }

  async #offeredOther(text: string, waitMs: number): Promise<OfferedText | null> {
    const end = Date.now() + waitMs;
    while (Date.now() < end) {
      await sleep(lookEveryMs);
      const now = await this.#deps.primary.look();
      if (now !== null && now.text !== text) return now;
    }
    return null;
  }
}

/** Keys that it takes from one end of a text to the other; a block may end with several line ends, which are one step. */
function stepsOver(text: string): number {
  return [...new Intl.Segmenter().segment(text.replaceAll(/[\r\n]+/g, '\n'))].length;
}
