import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { decodeSelection } from '../selection-text.ts';
import { withTimeLimit } from '../time-limit.ts';
import { type ClipboardLease, type Loan, offerMark } from './clipboard-lease.ts';
import copyTargets from './copy-targets.json' with { type: 'json' };
import type { Keyboard } from './keyboard.ts';
import type { SelectionReader } from './read-selection.ts';
import { saveSelection } from './save-selection.ts';
import { SelectionOwner } from './selection-owner.ts';
import { type Ping, pingWindow } from './window-ping.ts';
import type { X11Connection } from './x11-connection.ts';

export interface CopyParts {
  readonly x: X11Connection;
  readonly reader: SelectionReader;
  readonly lease: ClipboardLease;
  readonly keyboard: Keyboard;
}

/** Applications that have something selected own the clipboard 2 to 6 ms after they are asked. */
const copiedLimitMs = 300;
/** Longest that a busy application is waited for before what it copies is taken for a person's own copy. */
const busyLimitMs = 60_000;
/** With saving what was in the clipboard and reading what came; the person is waiting. */
const wholeLimitMs = 2000;

/**
 * Whether an application may be asked to copy at all: only those tried, that show their selection in no other way and do
 * nothing else on Ctrl+C. Terminals, Emacs and whatever is not known never are.
 */
export function takesCopy({ application }: ActiveWindow): boolean {
  return application !== null && copyTargets.includes(application.toLowerCase());
}

/**
 * The last way to selected text: the application is sent Ctrl+C by itself (XSendEvent), with no change of the focus, and the
 * clipboard is given back whole. Nothing is sent that another window could get.
 */
export class CopyRoute {
  readonly #parts: CopyParts;

  constructor(parts: CopyParts) {
    this.#parts = parts;
  }

  /** Whether a window is one that is asked. In a dialog the same key may mean something else. */
  async takes(window: ActiveWindow): Promise<boolean> {
    const { x } = this.#parts;
    if (!takesCopy(window)) return false;
    const [type, normal] = await Promise.all([
      x.property(Number(window.windowId), '_NET_WM_WINDOW_TYPE'),
      x.atom('_NET_WM_WINDOW_TYPE_NORMAL'),
    ]);
    return type === null || type.data.length < 4 || type.data.readUInt32LE(0) === normal;
  }

  /**
   * What is selected in a window that takes a copy; null when nothing is. Throws `capture/not-answering` when the clipboard
   * cannot be saved or the application does not answer, `capture/too-large` and `capture/not-text`.
   */
  async read(window: number): Promise<string | null> {
    const end = performance.now() + wholeLimitMs;
    const copied = this.#parts.lease.during(offerMark(), (loan) =>
      this.#keepingPrimary(window, () => this.#ask(window, loan, end)),
    );
    try {
      return await withTimeLimit(copied, wholeLimitMs, 'capture/not-answering');
    } catch (error) {
      const { code, message } = toErrorShape(error);
      if (code === 'capture/nothing-selected') return null;
      throw code.startsWith('capture/') ? error : new AppError('capture/not-answering', message);
    }
  }

  async #ask(window: number, loan: Loan, end: number): Promise<string | null> {
    const { x, reader, keyboard } = this.#parts;
    const at = await reader.serverTime();
    // Saving took too long, and nobody waits for an answer any more.
    if (at === null || performance.now() > end - copiedLimitMs) throw new AppError('capture/not-answering', 'too slow');
    await loan.expectCopy({ window, at });
    await keyboard.sendCopy(window, at);
    const ping = await pingWindow(x, window, at);
    const outcome = await firstOf({ copied: loan.lost, done: ping?.answered ?? null }, copiedLimitMs);
    if (ping !== null && outcome === 'neither') this.#waitStill(loan, ping);
    else ping?.end();
    if (outcome === 'neither' && ping !== null) throw new AppError('capture/not-answering', 'busy');
    return outcome === 'copied' ? this.#readCopied(window) : null;
  }

  /** It copies as soon as it can, however late that is, and what it copies then is nobody's either. */
  #waitStill(loan: Loan, { answered, end }: Ping): void {
    loan.expectStill(withTimeLimit(answered, busyLimitMs).then(end, end));
  }

  async #readCopied(window: number): Promise<string | null> {
    const { x, reader } = this.#parts;
    const owner = await x.selectionOwner('CLIPBOARD');
    // A third program copied at the same moment: what it wrote is neither read nor taken away.
    if (owner === 0 || !(await x.sameClient(owner, window))) return null;
    const unicode = await reader.read('CLIPBOARD', 'UTF8_STRING');
    const bytes = unicode ?? (await reader.read('CLIPBOARD', 'STRING'));
    if (bytes === null) throw new AppError('capture/not-text', 'what was copied is no text');
    if ((await x.selectionOwner('CLIPBOARD')) !== owner) return null;
    return decodeSelection(bytes, unicode === null ? 'latin1' : 'utf8');
  }

  /** Gnumeric takes the PRIMARY selection along with the clipboard; whose it was gets no second chance to offer it. */
  async #keepingPrimary<Value>(window: number, work: () => Promise<Value>): Promise<Value> {
    const { x, reader } = this.#parts;
    const isTheirs = async () => {
      const owner = await x.selectionOwner('PRIMARY');
      return owner !== 0 && (await x.sameClient(owner, window));
    };
    if (await isTheirs()) return work();
    const saved = await saveSelection(x, reader, 'PRIMARY');
    try {
      return await work();
    } finally {
      if (await isTheirs()) {
        const nobody = { onRequest: () => {}, onLost: () => {} };
        const owner = await SelectionOwner.own(x, await reader.window(), 'PRIMARY', saved, nobody);
        if (saved.length === 0) await owner.release();
      }
    }
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
