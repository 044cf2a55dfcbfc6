import { setTimeout as sleep } from 'node:timers/promises';
import type { ActiveWindow, RichText } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { applicationOf } from '../applications/applications.ts';
import type { PutBackMode } from '../ports.ts';
import { withTimeLimit } from '../time-limit.ts';
import type { ClipboardLease } from './clipboard-lease.ts';
import type { Loan } from './loan.ts';
import { offerText } from './offered.ts';
import { endsWithPasted, isPastedEnd, isPastedWhole, type Pasted, type WayBack, waysBack } from './pasted-end.ts';
import { ReadBack, type ReadBackParts } from './read-back.ts';
import {
  awakeMs,
  type BackKey,
  changed,
  isOffice,
  isOneCharacter,
  isSpreadsheet,
  opposite,
  type PrimarySelection,
  SelectionKeys,
} from './selection-keys.ts';
import { type Ping, pingWindow } from './window-ping.ts';

export interface PasteParts extends ReadBackParts {
  readonly lease: ClipboardLease;
}

/** The form that an application has read of what was offered; `unanswered` while it has not come to the key yet. */
type Taken = 'html' | 'text' | 'nothing' | 'unanswered';

interface Taking {
  readonly taken: () => Promise<Taken>;
  /** After `unanswered`: until it has come to the key and taken what it pastes, within a limit. */
  readonly untilAnswered: () => Promise<void>;
}

/** An application that takes a paste asks for the text within a few milliseconds. */
const askedLimitMs = 1200;
/** A busy one does so once it has worked through what came before. */
const busyLimitMs = 6000;
/** How long the clipboard stays lent, in the background, to a busy application that has not handled Ctrl+V yet. */
const stillBusyLimitMs = 10_000;
/** Longest that the next paste waits for that. */
const nextLimitMs = 3000;
/** Between what was there and rich text that goes below it. */
const emptyLine = '<p><br></p>';
/** Some ask for a second format after the first. */
const settleMs = 250;
/** Longest until PRIMARY follows one press of Shift and an arrow, in milliseconds. */
const stepMs = 40;
const mostStepsMs = 4000;
/** A copy of an office that comes so late while something is undone is taken for a person's own. */
const undoLateMs = 2500;

/**
 * Whether a key may be synthesised in a window at all: only in applications known to paste on Ctrl+V over a selection. In a
 * terminal, Emacs and whatever else is not known, the same key does something else.
 */
export function takesPaste(window: ActiveWindow, selected: string): boolean {
  if (window.application === null) return false;
  // Whole cells, which a paste would change in ways that cannot be read back; in a cell that is edited it works.
  if (isSpreadsheet(window) && /[\t\n]/.test(selected)) return false;
  return applicationOf(window).paste === 'keys';
}

/** An answer is never computed: with a space before it, a formula is text to a spreadsheet. */
function asText(text: string, window: ActiveWindow): string {
  return isSpreadsheet(window) && /^[=+@-]/.test(text) ? ` ${text}` : text;
}

/** In a cell rich text would be put into several. */
export function takesRichPaste(window: ActiveWindow): boolean {
  return window.application !== null && !isSpreadsheet(window);
}

/** `back`: the key that goes back in the text there. */
interface PastedText {
  readonly text: string;
  readonly back: BackKey;
}

/** The guarded way back: one paste into the very window and selection that were captured, the clipboard given back after. */
export class PasteRoute {
  readonly #parts: PasteParts;
  readonly #keys: SelectionKeys;
  /** What was pasted last over a selection and can be read there: not rich text, and nothing in a cell. */
  readonly #pasted = new WeakMap<PrimarySelection, PastedText>();
  readonly #look: ReadBack;
  /** The last loan, which may go on after its paste could not be checked. */
  #lent: Promise<void> = Promise.resolve();

  constructor(parts: PasteParts) {
    this.#parts = parts;
    this.#keys = new SelectionKeys(parts);
    this.#look = new ReadBack(parts, this.#keys);
  }

  /** Once a selection is as it was that a process which died had moved the end of. */
  get restored(): Promise<void> {
    return this.#look.restored;
  }

  /** Whether this is what keys of this route have selected, to look at it. */
  async isOwn(offered: { readonly owner: number; readonly text: string }): Promise<boolean> {
    return this.#look.isOwn(offered);
  }

  /**
   * Beckon's own window must be gone by then. Throws `put-back/…`; then nothing was pasted, or nothing took the text, but for
   * `put-back/unchecked`.
   */
  async write(selection: PrimarySelection, text: string, mode: PutBackMode, rich: RichText | null): Promise<void> {
    // Whatever is checked first has to be so still when the clipboard is lent.
    if (!(await isDone(this.#lent, nextLimitMs)))
      throw new AppError('put-back/pending', 'an application has not come to the last paste yet');
    await this.#keys.waitForFocus(selection.window);
    const now = await this.#parts.readPrimary().catch((error) => {
      if (toErrorShape(error).code !== 'capture/not-answering') return null;
      throw new AppError('put-back/refused', `the application does not answer: ${String(error)}`);
    });
    if (now === null || now.text !== selection.text || now.owner !== selection.owner) throw changed();
    const back = await this.#keys.requireSelected(selection).catch(async (error) => {
      await this.#noteCharacter(selection);
      throw error;
    });
    const gap = mode === 'replace' ? '' : '\n\n';
    // Where it is not known what a place takes (a web page's), whoever takes no rich text gets the text as it is.
    const pasted = gap + (rich !== null && selection.takesHtml ? rich.text : asText(text, selection.window));
    const html = rich === null ? null : `${gap === '' ? '' : emptyLine}${rich.html}`;
    const texts = rich === null ? [pasted] : [rich.text, pasted];
    let tell = (_: 'unanswered') => {};
    const unanswered = new Promise<'unanswered'>((resolve) => {
      tell = resolve;
    });
    const lent = this.#parts.lease.during(offerText(pasted, html), async ({ onRequest, holds }) => {
      const taking = this.#takenFrom(selection.window, onRequest);
      if (mode === 'insert-below') await this.#keys.press(selection.window, opposite[back], null);
      await this.#parts.keyboard.press('v', 'Control', async () => {
        await this.#keys.requireFocus(selection.window);
        if (!holds()) throw new AppError('put-back/refused', 'somebody else copied at this moment');
      });
      const taken = await taking.taken();
      const isThere = await this.#isThere(taken, selection, texts, back).catch((error) => {
        // The person has gone on to another window meanwhile: it may well be there.
        this.#record(selection, taken === 'html' ? null : { text: pasted, back });
        throw unchecked(String(error));
      });
      if (isThere === false) throw new AppError('put-back/not-editable', 'nothing there took the text');
      this.#record(selection, taken === 'html' ? null : { text: pasted, back });
      if (isThere === true) return;
      tell('unanswered');
      // It pastes later, and what was lent has to be there then still.
      await (taken === 'unanswered' ? taking.untilAnswered() : this.#untilFollows(selection));
    });
    this.#lent = lent.catch(() => {});
    if ((await Promise.race([lent, unanswered])) !== 'unanswered') return;
    throw unchecked('the application is busy');
  }

  #record(selection: PrimarySelection, pasted: PastedText | null): void {
    // What was put into a cell is undone after the cell was left, too, as one step.
    if (pasted === null || isSpreadsheet(selection.window)) this.#pasted.delete(selection);
    else this.#pasted.set(selection, pasted);
  }

  /** `texts`: the plain form of rich text, and what was offered as text. Null when nobody can say. */
  async #isThere(
    taken: Taken,
    selection: PrimarySelection,
    texts: readonly string[],
    back: BackKey,
  ): Promise<boolean | null> {
    if (taken === 'nothing') return false;
    if (taken === 'unanswered') return null;
    if (taken === 'html' && selection.takesHtml) return true;
    return this.#look.isThere(selection, taken === 'html' ? texts : texts.slice(-1), back);
  }

  /** Where nothing was selected any more, moving an end has selected a character, which is offered on after the way back. */
  async #noteCharacter({ window, text }: PrimarySelection): Promise<void> {
    if (isOffice(window) || isSpreadsheet(window)) return;
    await sleep(awakeMs);
    const now = await this.#parts.readPrimary().catch(() => null);
    if (now !== null && now.text !== text && isOneCharacter(now.text)) await this.#look.note(now);
  }

  /** Until a page that was busy has come to the keys, within a limit. */
  async #untilFollows(selection: PrimarySelection): Promise<void> {
    const end = Date.now() + stillBusyLimitMs;
    while (Date.now() < end) {
      await sleep(settleMs);
      const now = await this.#parts.readPrimary().catch(() => null);
      if (now !== null && now.text !== selection.text) return;
    }
  }

  /**
   * The application's own undo, in the same window. Throws `put-back/changed` where it would undo something else by now: the
   * caret has to stand behind what was pasted, or all of that has to be selected. After rich text, and in a cell that may have
   * been left since, that cannot be told. Throws `put-back/target-gone` once the window is closed, and
   * `put-back/not-in-front` while another one has the keyboard.
   */
  async undo(selection: PrimarySelection): Promise<void> {
    const known = this.#pasted.get(selection);
    const pasted = known === undefined ? null : { ...known, before: selection.text };
    // It is as it was; the application may hold no step for it that its undo could take.
    if (pasted !== null && pasted.text === pasted.before) return;
    await this.#keys.waitForFocus(selection.window);
    await sleep(awakeMs);
    if (pasted !== null && !(await this.#isSelected(selection, pasted)) && !(await this.#isBehind(selection, pasted)))
      throw changed();
    await this.#keys.press(selection.window, 'z', 'Control');
  }

  async #isSelected(selection: PrimarySelection, pasted: Pasted): Promise<boolean> {
    const now = await this.#parts.readPrimary().catch(() => null);
    if (now === null || !endsWithPasted(now.text, pasted)) return false;
    return this.#keys.requireSelected({ ...selection, ...now }, undoLateMs).then(
      () => true,
      () => false,
    );
  }

  /** Selects text back, until what was pasted differs from what was there before, and goes back to the caret. */
  async #isBehind({ window, text }: PrimarySelection, pasted: Pasted & PastedText): Promise<boolean> {
    const pressed = { window: Number(window.windowId), text, back: opposite[pasted.back], ends: [pasted.text] };
    for (const way of waysBack(pasted))
      if (await this.#parts.interrupted.during(pressed, () => this.#isBehindBy(way, window, pasted))) return true;
    return false;
  }

  async #isBehindBy(
    { key, presses, isExact }: WayBack,
    window: ActiveWindow,
    pasted: Pasted & PastedText,
  ): Promise<boolean> {
    const moreMs = Math.min(presses * stepMs, mostStepsMs);
    await this.#keys.press(window, key === 'Left' ? pasted.back : key, 'Shift', presses);
    // An office offers for good what is selected when it is first asked.
    if (isOffice(window)) await sleep(awakeMs + moreMs);
    const end = await this.#keys.offered((offered) => isPastedEnd(offered, pasted), moreMs);
    // At the beginning of a field there is nothing before it, which so many steps would have selected too.
    const isWhole = end === null && isExact && presses > pasted.text.length && (await this.#isOffered(pasted));
    await this.#look.leave(window, pasted.back, await this.#parts.readPrimary().catch(() => null));
    return end !== null || isWhole;
  }

  async #isOffered(pasted: Pasted): Promise<boolean> {
    const now = await this.#parts.readPrimary().catch(() => null);
    return now !== null && isPastedWhole(now.text, pasted);
  }

  /** What the target's own application has read, a moment after it did; asked for once the key is pressed. */
  #takenFrom(window: ActiveWindow, onRequest: Loan['onRequest']): Taking {
    const { x, reader } = this.#parts;
    let taken: Taken = 'nothing';
    let tell = () => {};
    const asked = new Promise<void>((resolve) => {
      tell = resolve;
    });
    onRequest(({ requestor, target }) => {
      const check = async () => {
        const [targets, timestamp, html] = await Promise.all(
          ['TARGETS', 'TIMESTAMP', 'text/html'].map((name) => x.atom(name)),
        );
        if (target === targets || target === timestamp) return;
        if (!(await x.sameClient(requestor, Number(window.windowId)))) return;
        if (target === html) taken = 'html';
        if (taken === 'nothing') taken = 'text';
        tell();
      };
      void check();
    });
    let ping: Ping | null = null;
    const end = async () => {
      ping?.end();
      await sleep(settleMs);
    };
    return {
      taken: async () => {
        ping = await pingWindow(x, Number(window.windowId), (await reader.serverTime()) ?? 0);
        if (!(await isDone(asked, askedLimitMs))) {
          // It still has the key to come: given back now, the person's own clipboard would be pasted.
          if (ping !== null && !(await isDone(Promise.race([asked, ping.answered]), busyLimitMs))) return 'unanswered';
          await isDone(asked, settleMs);
        }
        await end();
        return taken;
      },
      untilAnswered: async () => {
        await isDone(ping === null ? asked : Promise.race([asked, ping.answered]), stillBusyLimitMs);
        await isDone(asked, settleMs);
        await end();
      },
    };
  }
}

function unchecked(message: string): AppError {
  return new AppError('put-back/unchecked', `the paste could not be checked: ${message}`);
}

async function isDone(work: Promise<void>, limitMs: number): Promise<boolean> {
  return withTimeLimit(work, limitMs).then(
    () => true,
    () => false,
  );
}
