import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { decodeSelection } from '../selection-text.ts';
import { sleep } from '../sleep.ts';
import { withTimeLimit } from '../time-limit.ts';
import type { KeepPrimary } from './keep-primary.ts';
import type { Keyboard } from './keyboard.ts';
import type { AskedLoan, LateCopy } from './late-copy.ts';
import { offerMark } from './offered.ts';
import type { SelectionReader } from './read-selection.ts';
import type { AskPing, Ping } from './window-ping.ts';
import type { X11Connection } from './x11-connection.ts';

export interface CopyDeps {
  readonly x: Pick<X11Connection, 'atom' | 'property' | 'selectionOwner' | 'sameClient'>;
  readonly reader: Pick<SelectionReader, 'read' | 'serverTime'>;
  readonly late: Pick<LateCopy, 'during'>;
  readonly primary: Pick<KeepPrimary, 'during'>;
  readonly keyboard: Pick<Keyboard, 'sendCopy'>;
  readonly ping: AskPing;
}

/** How an application copies. Times in milliseconds. */
interface Copying {
  /** Longest until it owns the clipboard. */
  readonly copiedLimitMs: number;
  /** With saving what was in the clipboard and reading what came. */
  readonly wholeLimitMs: number;
  /** Longest that a copy may still come after a ping was answered: LibreOffice answers pings before it handles the keys in its queue. */
  readonly keysWaitMs: number;
}

/** Applications that have something selected own the clipboard 2 to 6 ms after they are asked; the person is waiting. */
const atOnce: Copying = { copiedLimitMs: 300, wholeLimitMs: 2000, keysWaitMs: 0 };
/** One that the person has just agreed to ask is waited for: they see that it is asked. */
const whenAgreed: Copying = { copiedLimitMs: 1500, wholeLimitMs: 3700, keysWaitMs: 0 };
/** LibreOffice answers at once and handles keys after. A long text takes it as long again to hand over as to select. */
const office: Copying = { copiedLimitMs: 2000, wholeLimitMs: 8000, keysWaitMs: 10_000 };
/** A copy that was asked for happens at that moment by the display's clock; slow applications take a later one. */
const timeTellsMs = 700;
/** How often an office is sent the key, and how long it may take with a second one after the first. */
const mostKeys = 4;
const againMs = 500;
/** An office that stands still is not asked. */
const answerLimitMs = 400;
/** An office pastes what it copied itself until it has looked at what somebody else has copied since. */
const seenLimitMs = 500;
/** Longest that a busy application is waited for before what it copies is taken for a person's own copy. */
const busyLimitMs = 60_000;

/**
 * The last way to selected text: the application is sent Ctrl+C by itself (XSendEvent), with no change of the focus, and the
 * clipboard is given back whole. Nothing is sent that another window could get.
 */
export class CopyRoute {
  readonly #deps: CopyDeps;

  constructor(deps: CopyDeps) {
    this.#deps = deps;
  }

  /** Whether a window holds what people work on. In a dialog, a panel or the desktop the same key may mean something else. */
  async isDocument(window: ActiveWindow): Promise<boolean> {
    const { x } = this.#deps;
    const [type, normal] = await Promise.all([
      x.property(Number(window.windowId), '_NET_WM_WINDOW_TYPE'),
      x.atom('_NET_WM_WINDOW_TYPE_NORMAL'),
    ]);
    return type === null || type.data.length < 4 || type.data.readUInt32LE(0) === normal;
  }

  /**
   * What is selected in a window that takes a copy; null when nothing is. Throws `capture/not-answering` when the clipboard
   * cannot be saved or the application does not answer, `capture/too-large` and `capture/not-text`. `patient`: the person
   * waits for it.
   */
  async read(window: number, patient = false): Promise<string | null> {
    return this.#read(window, patient ? whenAgreed : atOnce);
  }

  /**
   * Asks a document of an office where something is selected. With nothing selected, which an office does not tell, it
   * throws `capture/not-answering` once that has taken long enough; null when somebody else copied meanwhile. `lateMs`: how
   * long what it copies late is taken out of the clipboard again.
   */
  async readOffice(window: number, lateMs: number = office.keysWaitMs): Promise<string | null> {
    return this.#read(window, { ...office, keysWaitMs: lateMs });
  }

  async #read(window: number, copying: Copying): Promise<string | null> {
    const end = performance.now() + copying.wholeLimitMs;
    const copied = this.#deps.late.during(offerMark(), (loan) =>
      // Gnumeric takes the PRIMARY selection along with the clipboard.
      this.#deps.primary.during(window, () => this.#ask(window, loan, copying, end)),
    );
    try {
      return await withTimeLimit(copied, copying.wholeLimitMs, 'capture/not-answering');
    } catch (error) {
      const { code, message } = toErrorShape(error);
      if (code === 'capture/nothing-selected') return null;
      throw code.startsWith('capture/') ? error : new AppError('capture/not-answering', message);
    }
  }

  async #ask(
    window: number,
    loan: AskedLoan,
    { copiedLimitMs, keysWaitMs }: Copying,
    end: number,
  ): Promise<string | null> {
    const { reader, keyboard, ping: askPing } = this.#deps;
    const at = await reader.serverTime();
    // Saving took too long, and nobody waits for an answer any more.
    if (at === null || performance.now() > end - copiedLimitMs) throw new AppError('capture/not-answering', 'too slow');
    const isOffice = keysWaitMs > 0;
    if (isOffice) await this.#requireAnswer(window, at);
    // Whoever copied while it was asked keeps what they copied.
    if (!loan.holds()) throw new AppError('capture/not-answering', 'somebody else copied');
    await loan.expectCopy({ window, at, withinMs: copiedLimitMs + timeTellsMs });
    if (!loan.holds()) {
      await loan.expectCopy(null);
      throw new AppError('capture/not-answering', 'somebody else copied');
    }
    if (isOffice) return this.#askOffice(window, loan, at, keysWaitMs);
    await keyboard.sendCopy(window, at);
    const ping = await askPing(window, at);
    const outcome = await firstOf({ copied: loan.lost, done: ping?.answered ?? null }, copiedLimitMs);
    if (outcome === 'neither' && ping !== null) {
      this.#waitStill(loan, ping);
      throw new AppError('capture/not-answering', 'busy');
    }
    ping?.end();
    return outcome === 'copied' ? this.#readCopied(window) : null;
  }

  /** One that has just got the keyboard throws a shortcut away, so it is sent again; all are worked through when this ends. */
  async #askOffice(window: number, loan: AskedLoan, at: number, keysWaitMs: number): Promise<string | null> {
    const { copiedLimitMs } = office;
    for (let sent = 1; sent <= mostKeys; sent += 1) {
      await this.#deps.keyboard.sendCopy(window, at);
      const outcome = await firstOf({ copied: loan.lost, done: null }, copiedLimitMs / mostKeys);
      if (outcome !== 'copied') continue;
      if (sent > 1) await sleep(againMs);
      loan.untilSeen(seenLimitMs);
      return this.#readCopied(window);
    }
    loan.expectStill(sleep(keysWaitMs));
    throw new AppError('capture/not-answering', 'busy');
  }

  /** No key is sent to an application that would copy some time later. */
  async #requireAnswer(window: number, time: number): Promise<void> {
    const ping = await this.#deps.ping(window, time);
    if (ping === null) return;
    await withTimeLimit(ping.answered, answerLimitMs, 'capture/not-answering').finally(() => ping.end());
  }

  /** It copies as soon as it can, however late that is, and what it copies then is nobody's either. */
  #waitStill(loan: AskedLoan, { answered, end }: Ping): void {
    loan.expectStill(withTimeLimit(answered, busyLimitMs).then(end, end));
  }

  async #readCopied(window: number): Promise<string | null> {
    const { x, reader } = this.#deps;
    const owner = await x.selectionOwner('CLIPBOARD');
    // A third program copied at the same moment: what it wrote is neither read nor taken away.
    if (owner === 0 || !(await x.sameClient(owner, window))) return null;
    const unicode = await reader.read('CLIPBOARD', 'UTF8_STRING');
    const bytes = unicode ?? (await reader.read('CLIPBOARD', 'STRING'));
    if (bytes === null) throw new AppError('capture/not-text', 'what was copied is no text');
    if ((await x.selectionOwner('CLIPBOARD')) !== owner) return null;
    return decodeSelection(bytes, unicode === null ? 'latin1' : 'utf8');
  }
}

/** Which comes first; a copy that is done counts though its application says right after that it has nothing more to do. */
async function firstOf(
  { copied, done }: { readonly copied: Promise<void>; readonly done: Promise<void> | null },
  ms: number,
): Promise<'copied' | 'done' | 'neither'> {
  const came = [copied.then(() => 'copied' as const), ...(done === null ? [] : [done.then(() => 'done' as const)])];
  return withTimeLimit(Promise.race(came), ms).catch(() => 'neither' as const);
}
