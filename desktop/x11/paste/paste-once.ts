import type { ActiveWindow } from '../../../contract/desktop.ts';
import { AppError } from '../../../contract/errors.ts';
import { sleep } from '../../sleep.ts';
import { withTimeLimit } from '../../time-limit.ts';
import type { Loan } from '../loan.ts';
import type { OfferedFormat } from '../offered.ts';
import { patientAnswerMs, type SelectionReader } from '../read-selection.ts';
import type { WindowKeys } from '../window-keys.ts';
import type { AskPing, Ping } from '../window-ping.ts';
import type { X11Connection } from '../x11-connection.ts';
import type { Landing } from './landed.ts';

export interface PasteOnceDeps {
  readonly x: Pick<X11Connection, 'atom' | 'sameClient'>;
  readonly reader: Pick<SelectionReader, 'serverTime'>;
  readonly lease: Lends;
  readonly keys: Pick<WindowKeys, 'pressOnce'>;
  readonly ping: AskPing;
}

interface Lends {
  during<Value>(
    offered: readonly OfferedFormat[],
    work: (loan: Loan) => Promise<Value>,
    answerMs?: number,
  ): Promise<Value>;
}

/** The form that an application has read of what was offered; `unanswered` while it has not come to the key yet. */
export type Taken = 'html' | 'text' | 'nothing' | 'unanswered';

/** One paste. */
export interface Paste {
  readonly window: ActiveWindow;
  readonly offered: readonly OfferedFormat[];
  /** What has to be done before the key, once the clipboard is lent; null for nothing. What it throws ends the paste. */
  readonly first: (() => Promise<void>) | null;
  /** Whether it is there, once it is known what the application has taken. What it throws is what the paste ends in. */
  readonly look: (taken: Taken) => Promise<Landing>;
  /** Until a busy application that has taken it puts it in, within a limit. */
  readonly untilFollows: () => Promise<void>;
}

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
/** Some ask for a second format after the first. */
const settleMs = 250;

/** Lends the clipboard for one paste, presses the key, and gives the clipboard back when the application has taken it. */
export class PasteOnce {
  readonly #deps: PasteOnceDeps;
  /** The last loan, which may go on after its paste could not be checked. */
  #lent: Promise<void> = Promise.resolve();

  constructor(deps: PasteOnceDeps) {
    this.#deps = deps;
  }

  /** Whatever is checked first has to be so still when the clipboard is lent. Throws `put-back/pending`. */
  async untilFree(): Promise<void> {
    if (!(await isDone(this.#lent, nextLimitMs)))
      throw new AppError('put-back/pending', 'an application has not come to the last paste yet');
  }

  /** `unknown`: the application is busy and pastes later; what was lent is there then still. Throws `put-back/…`. */
  async paste(paste: Paste): Promise<Landing> {
    const unknown = Promise.withResolvers<'unknown'>();
    const work = async (loan: Loan) => {
      const taking = this.#takenFrom(paste.window, loan.onRequest);
      await this.#press(paste, loan);
      const taken = await taking.taken();
      const landing = await paste.look(taken);
      if (landing !== 'unknown') return landing;
      unknown.resolve(landing);
      await (taken === 'unanswered' ? taking.untilAnswered() : paste.untilFollows());
      return landing;
    };
    const lent = this.#deps.lease.during(paste.offered, work, patientAnswerMs);
    this.#lent = lent.then(
      () => {},
      () => {},
    );
    return Promise.race([lent, unknown.promise]);
  }

  async #press({ window, first }: Paste, { holds }: Loan): Promise<void> {
    const { keys } = this.#deps;
    await first?.();
    const check = () => {
      if (!holds()) throw new AppError('put-back/refused', 'somebody else copied at this moment');
    };
    await keys.pressOnce(window, { key: 'v', modifier: 'Control', check });
  }

  /** What the target's own application has read, a moment after it did; asked for once the key is pressed. */
  #takenFrom(window: ActiveWindow, onRequest: Loan['onRequest']): Taking {
    const { reader, ping: askPing } = this.#deps;
    let taken: Taken = 'nothing';
    const asked = Promise.withResolvers<void>();
    onRequest((request) => {
      void this.#formTaken(window, request).then((form) => {
        if (form === null) return;
        if (form === 'html' || taken === 'nothing') taken = form;
        asked.resolve();
      });
    });
    let ping: Ping | null = null;
    const end = async () => {
      ping?.end();
      await sleep(settleMs);
    };
    return {
      taken: async () => {
        ping = await askPing(Number(window.windowId), (await reader.serverTime()) ?? 0);
        if (!(await isDone(asked.promise, askedLimitMs))) {
          // It still has the key to come: given back now, the person's own clipboard would be pasted.
          if (ping !== null && !(await isDone(Promise.race([asked.promise, ping.answered]), busyLimitMs)))
            return 'unanswered';
          await isDone(asked.promise, settleMs);
        }
        await end();
        return taken;
      },
      untilAnswered: async () => {
        await isDone(ping === null ? asked.promise : Promise.race([asked.promise, ping.answered]), stillBusyLimitMs);
        await isDone(asked.promise, settleMs);
        await end();
      },
    };
  }

  /** Null where another application has read it, or no text was read. */
  async #formTaken(
    window: ActiveWindow,
    { requestor, target }: Parameters<Parameters<Loan['onRequest']>[0]>[0],
  ): Promise<'html' | 'text' | null> {
    const { x } = this.#deps;
    const [targets, timestamp, html] = await Promise.all(
      ['TARGETS', 'TIMESTAMP', 'text/html'].map((name) => x.atom(name)),
    );
    if (target === targets || target === timestamp) return null;
    if (!(await x.sameClient(requestor, Number(window.windowId)))) return null;
    return target === html ? 'html' : 'text';
  }
}

async function isDone(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  return withTimeLimit(work, limitMs).then(
    () => true,
    () => false,
  );
}
