import { AppError } from '../../../contract/errors.ts';
import { applicationOf } from '../../applications/applications.ts';
import { sleep } from '../../sleep.ts';
import type { CopyRoute } from '../copy-route.ts';
import type { InterruptedKeys } from '../interrupted-keys.ts';
import type { SelectedText, SelectionSight } from '../primary-selection.ts';
import { awakeMs, type WindowKeys } from '../window-keys.ts';
import { type BackKey, backKeyOf, isOneCharacter, isShorter, mostMoves, opposite, selectionKeys } from './back-key.ts';
import { isSpreadsheet } from './takes-paste.ts';

export interface StillSelectedDeps {
  readonly keys: Pick<WindowKeys, 'press' | 'requireFocus'>;
  readonly primary: Pick<SelectionSight, 'look' | 'follows' | 'noteOwn'>;
  readonly interrupted: Pick<InterruptedKeys, 'during'>;
  readonly copy: Pick<CopyRoute, 'readOffice'>;
}

/** Reading what is selected, in characters a millisecond: a long text takes longer to come. */
const charactersPerMs = 10_000;

/**
 * Whether a text is selected still. What was selected may be selected no longer though it is still offered: browsers keep what
 * PRIMARY held, and a cell that was left does. A paste would go in wherever the caret is.
 */
export class StillSelected {
  readonly #deps: StillSelectedDeps;

  constructor(deps: StillSelectedDeps) {
    this.#deps = deps;
  }

  /**
   * Throws `put-back/…` where it is not, or where that cannot be told. Returns the key that goes back in that text. `lateMs`:
   * how long a copy that comes late is taken out of the clipboard again.
   */
  async require(selected: SelectedText, lateMs?: number): Promise<BackKey> {
    return applicationOf(selected.window).verify === 'copy'
      ? this.#byCopy(selected, lateMs)
      : this.#byMovingEnds(selected);
  }

  /** Where nothing was selected any more, moving an end has selected a character, which is offered on after the way back. */
  async noteCharacter({ window, text }: SelectedText): Promise<void> {
    if (applicationOf(window).verify === 'copy' || isSpreadsheet(window)) return;
    await sleep(awakeMs);
    const now = await this.#deps.primary.look();
    if (now !== null && now.text !== text && isOneCharacter(now.text)) await this.#deps.primary.noteOwn(now);
  }

  /** An office offers what was selected at first, however it grew or shrank by keys since; a copy gives what is selected now. */
  async #byCopy({ text, window }: SelectedText, lateMs: number | undefined): Promise<BackKey> {
    await sleep(awakeMs);
    await this.#deps.keys.requireFocus(window);
    const copied = await this.#deps.copy.readOffice(Number(window.windowId), lateMs).catch((error) => {
      throw new AppError('put-back/refused', `the selection could not be checked: ${String(error)}`);
    });
    if (copied !== text) throw changed();
    return 'Left';
  }

  /**
   * The end of the selection is moved and moved back: what is offered then follows. In an open cell a key takes a character
   * off; elsewhere in a spreadsheet it selects cells.
   */
  async #byMovingEnds(selected: SelectedText): Promise<BackKey> {
    const { text, window } = selected;
    const { keys, interrupted } = this.#deps;
    const cells = isSpreadsheet(window);
    // One character alone would be selected no longer after a key that takes one off.
    const ways = isOneCharacter(text) ? [...selectionKeys].reverse() : selectionKeys;
    for (const key of ways) {
      const pressed = { window: Number(window.windowId), text, back: opposite[key], ends: [] };
      const moved = await interrupted.during(pressed, async () => {
        const there = await this.#moveEnd(key, selected, cells ? 1 : mostMoves);
        if (there !== null) await keys.press(window, opposite[key], 'Shift', there.presses);
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

  /** Moves an end of the selection until another text is offered; null when none is. */
  async #moveEnd(
    key: BackKey,
    { text, window }: SelectedText,
    most: number,
  ): Promise<{ text: string; presses: number } | null> {
    for (let presses = 1; presses <= most; presses += 1) {
      await this.#deps.keys.press(window, key, 'Shift');
      const now = await this.#deps.primary.follows((offered) => offered !== text, text.length / charactersPerMs);
      if (now !== null) return { text: now, presses };
    }
    return null;
  }

  async #isOffered(text: string): Promise<boolean> {
    return (await this.#deps.primary.follows((offered) => offered === text, text.length / charactersPerMs)) !== null;
  }
}

export function changed(): AppError {
  return new AppError('put-back/changed', 'another text is selected');
}
