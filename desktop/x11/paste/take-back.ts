import type { ActiveWindow } from '../../../contract/desktop.ts';
import { AppError } from '../../../contract/errors.ts';
import { sleep } from '../../sleep.ts';
import type { InterruptedKeys } from '../interrupted-keys.ts';
import { offerText } from '../offered.ts';
import type { SelectionSight } from '../primary-selection.ts';
import { awakeMs, type WindowKeys } from '../window-keys.ts';
import { type BackKey, opposite } from './back-key.ts';
import { deleteSelected } from './delete-selected.ts';
import type { Landed } from './landed.ts';
import type { PasteOnce } from './paste-once.ts';
import { isBeginning, isPastedWhole, type Pasted } from './pasted-end.ts';

export interface TakeBackDeps {
  readonly keys: Pick<WindowKeys, 'press'>;
  readonly primary: Pick<SelectionSight, 'look' | 'follows' | 'offeredOn'>;
  readonly interrupted: Pick<InterruptedKeys, 'during'>;
  readonly landed: Pick<Landed, 'leave'>;
  readonly once: Pick<PasteOnce, 'untilFree' | 'paste'>;
}

/** `text` was pasted over `before`; `back`: the key that goes back in the text there. */
export interface Undone extends Pasted {
  readonly back: BackKey;
  /** A paste leaves there what is selected. */
  readonly pastesBeside?: boolean;
}

/** Whether the caret stands behind a text, which is not the one that stood there before. */
export type IsBehind = (window: ActiveWindow, pasted: Undone) => Promise<boolean>;

/** Characters that tell what stands behind the caret. */
const lookedAt = 24;
/** Longest text that is selected again by as many keys. */
const mostCharacters = 2000;
/** Fewest characters that do not stand beside each other by chance. */
const fewest = 6;
/** Longest text that what stands before it is looked for. */
const mostBesides = 400;

/**
 * An undo in an application that nobody has tried it in: what was pasted over may be one step there, or two, of which the first
 * leaves neither text, or none that its undo could take.
 */
export class TakeBack {
  readonly #deps: TakeBackDeps;

  constructor(deps: TakeBackDeps) {
    this.#deps = deps;
  }

  /** Throws `put-back/unchecked` where what stood there before is not seen to be there again. */
  async byUndo(window: ActiveWindow, undone: Undone, isBehind: IsBehind): Promise<void> {
    const { keys } = this.#deps;
    const isBack = async () =>
      (await this.#isSelected(undone)) ||
      ((await this.#isAround(window, undone, isBehind)) && !(await this.#isBeside(window, undone)));
    await keys.press(window, 'z', 'Control');
    await sleep(awakeMs);
    const whole = await this.#wholeSelected(undone);
    if (whole !== null && (await this.#pasteOver(whole, window, undone, isBehind))) return;
    if (await isBack()) return;
    // What was offered last may be offered on in a field that is empty now: then it cannot be selected whole.
    if ((await isBehind(window, undone)) && (await this.#byPaste(window, undone, isBehind))) return;
    await keys.press(window, 'z', 'Control');
    await sleep(awakeMs);
    if (!(await isBack())) throw new AppError('put-back/unchecked', 'it could not be seen what was taken back');
  }

  /** Most select again what was selected when it was pasted over. */
  async #isSelected({ before }: Undone): Promise<boolean> {
    return (await this.#deps.primary.follows((offered) => offered === before)) !== null;
  }

  async #isAround(window: ActiveWindow, undone: Undone, isBehind: IsBehind): Promise<boolean> {
    const restored = { text: undone.before, before: undone.text, back: undone.back };
    return (await isBehind(window, restored)) || (await this.#isInFront(window, restored));
  }

  /** Some bring back what was there before they take away what was pasted: both stand there then, with nothing between. */
  async #isBeside(window: ActiveWindow, { text, before, back }: Undone): Promise<boolean> {
    const [end, beginning] = [charactersOf(text).slice(-lookedAt), charactersOf(text).slice(0, lookedAt)];
    const restored = charactersOf(before);
    if (end.length < fewest || restored.length > mostBesides) return false;
    const both = end.join('') + before;
    const pressed = { window: Number(window.windowId), text: before, back, ends: [text] };
    return this.#deps.interrupted.during(pressed, async () => {
      const isBefore = await this.#isThere(window, back, restored.length + end.length, (now) => now.endsWith(both));
      return isBefore || this.#isThere(window, opposite[back], beginning.length, (now) => now === beginning.join(''));
    });
  }

  /** Selects characters from the caret to look at them, and goes back to it. */
  async #isThere(
    window: ActiveWindow,
    back: BackKey,
    presses: number,
    isWanted: (offered: string) => boolean,
  ): Promise<boolean> {
    const { keys, primary, landed } = this.#deps;
    const before = await primary.offeredOn();
    await keys.press(window, back, 'Shift', presses);
    const seen = await primary.follows(isWanted);
    await landed.leave(window, { back, presses, offered: await primary.look(), before });
    return seen !== null;
  }

  async #isInFront(window: ActiveWindow, { text, before, back }: Undone): Promise<boolean> {
    const forward = opposite[back];
    const count = Math.min(lookedAt, charactersOf(text).length);
    const pressed = { window: Number(window.windowId), text: before, back, ends: [text] };
    return this.#deps.interrupted.during(pressed, () =>
      this.#isThere(window, forward, count, (offered) => isBeginning(offered, text, count)),
    );
  }

  /** What was pasted, where all of it is selected still: to be told only where what is selected no more is offered no more. */
  async #wholeSelected(undone: Undone): Promise<string | null> {
    const now = undone.pastesBeside === true ? await this.#deps.primary.look() : null;
    return now !== null && isPastedWhole(now.text, undone) ? now.text : null;
  }

  /** It has no undo: what stood there is pasted over what was pasted. False where that cannot be selected. */
  async #byPaste(window: ActiveWindow, undone: Undone, isBehind: IsBehind): Promise<boolean> {
    const { keys, primary, interrupted, once, landed } = this.#deps;
    const count = charactersOf(undone.text).length;
    if (count > mostCharacters) return false;
    await once.untilFree();
    const pressed = {
      window: Number(window.windowId),
      text: undone.before,
      back: opposite[undone.back],
      ends: [undone.text],
    };
    const selected = await interrupted.during(pressed, async () => {
      const before = await primary.offeredOn();
      await keys.press(window, undone.back, 'Shift', count);
      const seen = await primary.follows((offered) => isPastedWhole(offered, undone), count);
      if (seen === null)
        await landed.leave(window, { back: undone.back, presses: count, offered: await primary.look(), before });
      return seen;
    });
    return selected !== null && this.#pasteOver(selected, window, undone, isBehind);
  }

  async #pasteOver(selected: string, window: ActiveWindow, undone: Undone, isBehind: IsBehind): Promise<boolean> {
    const { once } = this.#deps;
    await once.paste({
      window,
      offered: offerText(undone.before, null),
      first: undone.pastesBeside === true ? () => deleteSelected(this.#deps, window, selected) : null,
      look: async (taken) => (taken === 'nothing' ? 'not' : 'there'),
      untilFollows: async () => {},
    });
    return isBehind(window, { text: undone.before, before: undone.text, back: undone.back });
  }
}

function charactersOf(text: string): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}
