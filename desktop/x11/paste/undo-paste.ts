import type { ActiveWindow } from '../../../contract/desktop.ts';
import { applicationOf } from '../../applications/applications.ts';
import { sleep } from '../../sleep.ts';
import type { InterruptedKeys } from '../interrupted-keys.ts';
import type { SelectedText, SelectionSight } from '../primary-selection.ts';
import { awakeMs, type WindowKeys } from '../window-keys.ts';
import { opposite } from './back-key.ts';
import type { Landed } from './landed.ts';
import { endsWithPasted, isPastedEnd, isPastedWhole, type WayBack, waysBack } from './pasted-end.ts';
import { changed, type StillSelected } from './still-selected.ts';
import type { TakeBack, Undone } from './take-back.ts';

export interface UndoPasteDeps {
  readonly keys: Pick<WindowKeys, 'press' | 'waitForFocus'>;
  readonly primary: Pick<SelectionSight, 'look' | 'follows' | 'offeredOn'>;
  readonly interrupted: Pick<InterruptedKeys, 'during'>;
  readonly still: Pick<StillSelected, 'require'>;
  readonly landed: Pick<Landed, 'leave'>;
  readonly takeBack: Pick<TakeBack, 'byUndo'>;
}

/** What was pasted. */
export type PastedText = Pick<Undone, 'text' | 'back'>;

/** Longest until PRIMARY follows one press of Shift and an arrow, in milliseconds. */
const stepMs = 40;
const mostStepsMs = 4000;
/** A copy of an office that comes so late while something is undone is taken for a person's own. */
const lateMs = 2500;

/** The application's own undo, once it is known that what it takes back is what was pasted. */
export class UndoPaste {
  readonly #deps: UndoPasteDeps;

  constructor(deps: UndoPasteDeps) {
    this.#deps = deps;
  }

  /**
   * `pasted`: null where what was pasted cannot be read there. Throws `put-back/changed` where it would undo something else by
   * now: the caret has to stand behind what was pasted, or all of that has to be selected. Throws `put-back/target-gone` once
   * the window is closed, and `put-back/not-in-front` while another one has the keyboard.
   */
  async undo(selected: SelectedText, pasted: PastedText | null): Promise<void> {
    const { keys } = this.#deps;
    const { text: before, pastesBeside = false } = selected;
    const undone = pasted === null ? null : { ...pasted, before, pastesBeside };
    // It is as it was; the application may hold no step for it that its undo could take.
    if (undone !== null && undone.text === undone.before) return;
    await keys.waitForFocus(selected.window);
    await sleep(awakeMs);
    if (
      undone !== null &&
      !(await this.#isSelected(selected, undone)) &&
      !(await this.#isBehind(selected.window, undone))
    )
      throw changed();
    const isUntried = selected.asksFirst === true && undone !== null;
    if (!isUntried) return keys.press(selected.window, 'z', 'Control');
    await this.#deps.takeBack.byUndo(selected.window, undone, (window, pasted) => this.#isBehind(window, pasted));
  }

  async #isSelected({ window }: SelectedText, undone: Undone): Promise<boolean> {
    const now = await this.#deps.primary.look();
    if (now === null || !endsWithPasted(now.text, undone)) return false;
    return this.#deps.still.require({ window, ...now }, lateMs).then(
      () => true,
      () => false,
    );
  }

  /** Selects text back, until what was pasted differs from what was there before, and goes back to the caret. */
  async #isBehind(window: ActiveWindow, undone: Undone): Promise<boolean> {
    const back = opposite[undone.back];
    const pressed = { window: Number(window.windowId), text: undone.before, back, ends: [undone.text] };
    for (const way of waysBack(undone))
      if (await this.#deps.interrupted.during(pressed, () => this.#isBehindBy(way, window, undone))) return true;
    return false;
  }

  async #isBehindBy({ key, presses, isExact }: WayBack, window: ActiveWindow, undone: Undone): Promise<boolean> {
    const { keys, primary, landed } = this.#deps;
    const moreMs = Math.min(presses * stepMs, mostStepsMs);
    const before = await primary.offeredOn();
    await keys.press(window, key === 'Left' ? undone.back : key, 'Shift', presses);
    // What keys change is not offered anew there: what is selected when it is first asked is offered for good.
    if (applicationOf(window).verify === 'copy') await sleep(awakeMs + moreMs);
    const end = await primary.follows((offered) => isPastedEnd(offered, undone), moreMs);
    // At the beginning of a field there is nothing before it, which so many steps would have selected too.
    const isWhole = end === null && isExact && presses > undone.text.length && (await this.#isOffered(undone));
    const offered = await primary.look();
    await landed.leave(window, { back: undone.back, presses: key === 'Left' ? presses : 1, offered, before });
    return end !== null || isWhole;
  }

  async #isOffered(undone: Undone): Promise<boolean> {
    const now = await this.#deps.primary.look();
    return now !== null && isPastedWhole(now.text, undone);
  }
}
