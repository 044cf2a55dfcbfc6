import { randomUUID } from 'node:crypto';
import type {
  ActiveWindow,
  CaptureAnswer,
  CapturedSelection,
  ClipboardDescription,
  PortAnswer,
  PutBackAnswer,
  RichText,
  RouteReport,
} from '../../contract/desktop.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { applicationOf } from '../applications/applications.ts';
import { nothingFound } from '../applications/nothing-found.ts';
import { askAgainWhenBusy, type Busy, isBusy } from '../atspi/ask-again.ts';
import { AtspiRoute, requireChecked } from '../atspi/atspi-route.ts';
import type { FoundText, Written } from '../atspi/text-target.ts';
import type { DesktopDescription, DesktopPort, PutBackMode } from '../ports.ts';
import { decodeSelection } from '../selection-text.ts';
import { withTimeLimit } from '../time-limit.ts';
import { ClientProcess } from './client-process.ts';
import { ClipboardCopies } from './clipboard-copies.ts';
import { ClipboardLease } from './clipboard-lease.ts';
import { ClipboardReader } from './clipboard-reader.ts';
import { CopyRoute } from './copy-route.ts';
import { InterruptedKeys } from './interrupted-keys.ts';
import { KeepPrimary } from './keep-primary.ts';
import { Keyboard } from './keyboard.ts';
import { LateCopy } from './late-copy.ts';
import { LeaseFile } from './lease-file.ts';
import { PasteRoute, takesPaste, takesRichPaste } from './paste-route.ts';
import { SelectionReader } from './read-selection.ts';
import type { PrimarySelection } from './selection-keys.ts';
import { testRoutes } from './self-test.ts';
import { pingWindow } from './window-ping.ts';
import { WindowWatch } from './window-watch.ts';
import { atomsOf, propertyNumber, propertyText, X11Connection } from './x11-connection.ts';

const answerLimitMs = 500;
const describeLimitMs = 2000;
/** Captures whose place is remembered; an older one can no longer be written to. */
const rememberedTargets = 20;

/** What the accessibility interface was asked before it was sure that it is the right process. */
interface AskedAhead {
  readonly processId: number;
  readonly found: Promise<FoundText | Busy | null>;
}

/** Where a capture came from: by which ways it can be written to, and what was written last. */
interface Target {
  readonly found: FoundText | null;
  /** Where a paste can write: instead of the accessibility interface, or for rich text alone. */
  readonly selection: PrimarySelection | null;
  done: Written | 'pasted' | null;
}

/**
 * X11: the accessibility interface first, then the PRIMARY selection, then a copy in applications known to need it.
 * Properties: Extended Window Manager Hints 1.5, ICCCM.
 */
export class X11Desktop implements DesktopPort {
  readonly #x = new X11Connection();
  readonly #windows: WindowWatch;
  readonly #reader: SelectionReader;
  readonly #accessibility: AtspiRoute;
  readonly #clipboard: ClipboardReader;
  readonly #lease: ClipboardLease;
  readonly #copies: ClipboardCopies;
  readonly #files: readonly LeaseFile[];
  readonly #processes: ClientProcess;
  readonly #shellProcessId: number | null;
  readonly #keyboard: Keyboard;
  readonly #paste: PasteRoute;
  readonly #copy: CopyRoute;
  readonly #targets = new Map<string, Target>();
  /** The last that was written or undone, and what it ended in. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(shellProcessId: number | null) {
    this.#accessibility = new AtspiRoute(shellProcessId);
    this.#windows = new WindowWatch(this.#x, shellProcessId);
    this.#reader = new SelectionReader(this.#x);
    this.#clipboard = new ClipboardReader(this.#x, this.#reader);
    const lent = new LeaseFile(process.env, 'lease');
    const copied = new LeaseFile(process.env, 'copy');
    this.#files = [lent, copied];
    this.#lease = new ClipboardLease(this.#x, this.#reader, lent);
    this.#copies = new ClipboardCopies(process.env['DISPLAY'], copied);
    this.#processes = new ClientProcess(this.#x);
    this.#shellProcessId = shellProcessId;
    this.#keyboard = new Keyboard(this.#x);
    const parts = { x: this.#x, reader: this.#reader, lease: this.#lease, keyboard: this.#keyboard };
    const late = new LateCopy(parts);
    this.#copy = new CopyRoute({
      ...parts,
      late,
      primary: new KeepPrimary(this.#x, this.#reader),
      ping: (window, time) => pingWindow(this.#x, window, time),
    });
    this.#paste = new PasteRoute({
      ...parts,
      windows: this.#windows,
      interrupted: new InterruptedKeys(process.env),
      readCopy: (window, lateMs) => this.#copy.readOffice(window, lateMs),
      readPrimary: () => this.#readPrimary(),
    });
    // What an earlier process had on loan when it died.
    late.recover().catch(() => {});
    // What was in the clipboard of a session that is over is nobody's.
    void this.#x.closed.then(() => this.#forgetFiles());
  }

  async activeWindow(): Promise<PortAnswer<ActiveWindow>> {
    try {
      const window = await withTimeLimit(this.#windows.current(), answerLimitMs);
      return window === null ? { status: 'nothing', cause: null } : { status: 'available', value: window };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  async pointerPressed(): Promise<boolean | null> {
    try {
      return await withTimeLimit(this.#x.pointerPressed(), answerLimitMs);
    } catch {
      return null;
    }
  }

  async captureSelection(): Promise<CaptureAnswer> {
    let window: ActiveWindow | null = null;
    // The application is asked while the display still answers which one it is: it hardly ever is another one than last.
    const expected = this.#windows.expectedProcessId;
    const ahead = expected === null ? null : { processId: expected, found: this.#accessibility.find(expected) };
    ahead?.found.catch(() => {});
    try {
      window = await withTimeLimit(this.#windows.current(), answerLimitMs);
      const selection = await this.#selectionIn(window, ahead);
      if (selection === null) throw nothingFound(window);
      return { status: 'captured', selection };
    } catch (error) {
      return { status: 'failed', window, cause: causeOf(error) };
    }
  }

  async describeClipboard(): Promise<PortAnswer<ClipboardDescription>> {
    return this.#lease.whenFree(() => this.#clipboard.describe());
  }

  async readClipboardText(): Promise<PortAnswer<string>> {
    return this.#lease.whenFree(() => this.#clipboard.readText());
  }

  async writeClipboardText(text: string): Promise<PortAnswer<null>> {
    try {
      await this.#copies.copy(text);
      return { status: 'available', value: null };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  putBack(targetId: string, text: string, mode: PutBackMode, rich?: RichText): Promise<PutBackAnswer> {
    return this.#write(() => this.#putBack(targetId, text, mode, rich));
  }

  undoPutBack(targetId: string): Promise<PutBackAnswer> {
    return this.#write(() => this.#undo(targetId));
  }

  async #putBack(targetId: string, text: string, mode: PutBackMode, rich?: RichText): Promise<PutBackAnswer> {
    const target = this.#targets.get(targetId);
    try {
      if (target === undefined) throw new AppError('put-back/target-gone', `no capture ${targetId}`);
      const { found, selection } = target;
      if (selection !== null && (found === null || rich !== undefined)) {
        await this.#paste.write(selection, text, mode, rich ?? null).catch((error) => {
          // What was put there before it is there still, and can be undone.
          if (toErrorShape(error).code === 'put-back/unchecked') target.done = 'pasted';
          throw error;
        });
        target.done = 'pasted';
        return { status: 'done', route: 'paste', canUndo: true };
      }
      if (found === null) throw new AppError('put-back/not-editable', 'no way to write there');
      target.done = await this.#accessibility.write(found, text, mode);
      requireChecked(target.done);
      return { status: 'done', route: 'accessibility', canUndo: true };
    } catch (error) {
      return { status: 'failed', cause: toErrorShape(error) };
    }
  }

  async #undo(targetId: string): Promise<PutBackAnswer> {
    const target = this.#targets.get(targetId);
    try {
      const done = target?.done ?? null;
      if (target === undefined || done === null) throw new AppError('put-back/target-gone', 'nothing to take back');
      const pasted = done === 'pasted';
      if (!pasted) await this.#accessibility.undo(done);
      else if (target.selection !== null) await this.#paste.undo(target.selection);
      target.done = null;
      return { status: 'done', route: pasted ? 'paste' : 'accessibility', canUndo: false };
    } catch (error) {
      return { status: 'failed', cause: toErrorShape(error) };
    }
  }

  async describe(): Promise<DesktopDescription> {
    // Core asks after a death before it shows its window: until then the keys of the way back reach the one that they are for.
    await this.#paste.restored;
    try {
      const composited = await withTimeLimit(this.#hasCompositor(), answerLimitMs);
      const compositor = await withTimeLimit(this.#windowManagerName(), answerLimitMs);
      const selectionRoutes = await withTimeLimit(this.#workingRoutes(), describeLimitMs);
      return { system: 'linux-x11', compositor, composited, selectionRoutes };
    } catch {
      return { system: 'linux-x11', compositor: null, composited: null, selectionRoutes: [] };
    }
  }

  async selfTest(): Promise<readonly RouteReport[]> {
    const clipboard = await this.describeClipboard();
    const cause = clipboard.status === 'denied' ? clipboard.cause : null;
    const parts = { x: this.#x, reader: this.#reader, lease: this.#lease, keyboard: this.#keyboard, copy: this.#copy };
    return [
      await this.#accessibility.report(),
      { route: 'clipboard', status: cause === null ? 'works' : 'fails', values: {}, cause },
      ...(await testRoutes(parts)),
    ];
  }

  async leave(): Promise<void> {
    await this.#writing;
    this.#accessibility.dispose();
    await Promise.race([this.#x.closed, Promise.all([this.#lease.untilTaken(), this.#copies.untilTaken()])]);
    await this.#forgetFiles();
  }

  dispose(): void {
    this.#accessibility.dispose();
    this.#copies.dispose();
    this.#x.dispose();
  }

  async #forgetFiles(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.forget()));
  }

  #write(work: () => Promise<PutBackAnswer>): Promise<PutBackAnswer> {
    const answer = work();
    this.#writing = Promise.allSettled([this.#writing, answer]);
    return answer;
  }

  async #selectionIn(window: ActiveWindow | null, ahead: AskedAhead | null): Promise<CapturedSelection | null> {
    let answered = ahead;
    const byObject = async () => {
      const found = await this.#byAccessibility(window, answered);
      answered = null;
      return found === null || found === 'busy' ? found : this.#better(found, window);
    };
    return askAgainWhenBusy(byObject, () => this.#byOtherWays(window));
  }

  async #byOtherWays(window: ActiveWindow | null): Promise<CapturedSelection | null> {
    // Where a copy is known to be needed, what PRIMARY holds may be an older selection of the same window.
    const asked = window !== null && (await this.#copy.takes(window));
    const copied = asked ? await this.#byCopy(window) : null;
    if (copied !== null) return copied;
    const primary = await this.#byPrimary(window);
    return asked && primary?.fresh ? null : primary;
  }

  /** Throws what ends the capture: a password field must not be read by another way either. */
  async #byAccessibility(
    window: ActiveWindow | null,
    ahead: AskedAhead | null,
  ): Promise<CapturedSelection | Busy | null> {
    if (window === null || window.processId === null) return null;
    const { processId } = window;
    const found = await (ahead?.processId === processId ? ahead.found : this.#accessibility.find(processId));
    if (found === null || found === 'busy') return found;
    // A paste writes several paragraphs in one step.
    const inPlace = found.editable && applicationOf(window).paragraphs === 'whole';
    const targetId = this.#remember(inPlace ? found : null, null);
    const editable = inPlace ? 'in-place' : 'no';
    return { targetId, text: found.text, route: 'accessibility', window, editable, fresh: true };
  }

  /**
   * PRIMARY where it serves better: each paragraph may be an object of its own (LibreOffice), of which accessibility tells
   * one; what cannot be written in place (Firefox) may take a paste; and rich text goes in by a paste alone.
   */
  async #better(found: CapturedSelection, window: ActiveWindow | null): Promise<CapturedSelection> {
    const inPlace = this.#targets.get(found.targetId)?.found ?? null;
    // The usual field: nothing beyond it can be selected with it, and no paste is needed.
    if (inPlace?.whole === true) return found;
    let [primary, offersHtml] = await this.#offered(window);
    // The accessibility interface answered and PRIMARY did not: one paragraph of several must not be taken for all that is selected.
    if (primary === 'busy' && (await this.#ownsPrimary(window))) [primary, offersHtml] = await this.#offered(window);
    if (primary === null || primary === 'busy' || !primary.fresh || !primary.text.includes(found.text.trim()))
      return found;
    const wider = primary.text.length > found.text.length;
    const writable = found.editable === 'no' && primary.editable === 'by-paste' && primary.text === found.text;
    if (wider || writable) return primary;
    const byPaste = this.#targets.get(primary.targetId)?.selection ?? null;
    const isSame = primary.text === found.text && inPlace !== null && byPaste !== null;
    if (!isSame || !offersHtml || primary.takesRichText !== true) return found;
    return { ...found, targetId: this.#remember(inPlace, { ...byPaste, takesHtml: true }), takesRichText: true };
  }

  async #byPrimary(window: ActiveWindow | null): Promise<CapturedSelection | null> {
    const primary = await this.#readPrimary();
    if (primary === null || (await this.#paste.isOwn(primary))) return null;
    const { owner, text } = primary;
    const fresh = window !== null && (await this.#x.sameClient(owner, Number(window.windowId)));
    // What Beckon copied, taken over by a program that keeps copies, was selected by nobody.
    if (!fresh && this.#copies.isCopied(text)) return null;
    const pastes = window !== null && fresh && takesPaste(window, text);
    const targetId = this.#remember(null, pastes ? { window, owner, text, takesHtml: false } : null);
    const takesRichText = pastes && takesRichPaste(window);
    const known = window === null || fresh ? {} : await this.#windows.whereElse(owner);
    const editable = pastes ? 'by-paste' : 'no';
    return { targetId, text, route: 'primary', window, editable, fresh, takesRichText, ...known };
  }

  /** What PRIMARY holds, and whether as HTML too. */
  async #offered(window: ActiveWindow | null): Promise<readonly [CapturedSelection | Busy | null, boolean]> {
    return Promise.all([
      this.#byPrimary(window).catch((error) => (isBusy(error) ? 'busy' : null)),
      this.#offersHtml().catch(() => false),
    ]);
  }

  async #ownsPrimary(window: ActiveWindow | null): Promise<boolean> {
    if (window === null) return false;
    const owner = await withTimeLimit(this.#x.selectionOwner('PRIMARY'), answerLimitMs);
    return owner !== 0 && (await this.#x.sameClient(owner, Number(window.windowId)));
  }

  /** Who offers what is selected as HTML has it as rich text. */
  async #offersHtml(): Promise<boolean> {
    const [targets, html] = await Promise.all([this.#reader.read('PRIMARY', 'TARGETS'), this.#x.atom('text/html')]);
    return targets !== null && atomsOf(targets).includes(html);
  }

  /** What it gives cannot be checked again without another copy, so nothing is put back there. */
  async #byCopy(window: ActiveWindow): Promise<CapturedSelection | null> {
    const text = await this.#copy.read(Number(window.windowId));
    if (text === null) return null;
    return { targetId: this.#remember(null, null), text, route: 'copy', window, editable: 'no', fresh: true };
  }

  /** Null when nobody owns PRIMARY, or only Beckon's own windows do: an answer is no text to be asked about anew. */
  async #readPrimary(): Promise<{ readonly owner: number; readonly text: string } | null> {
    const owner = await withTimeLimit(this.#x.selectionOwner('PRIMARY'), answerLimitMs);
    if (owner === 0) return null;
    const [process, unicode] = await Promise.all([
      this.#shellProcessId === null ? null : this.#processes.of(owner),
      this.#reader.read('PRIMARY', 'UTF8_STRING'),
    ]);
    if (process !== null && process === this.#shellProcessId) return null;
    const bytes = unicode ?? (await this.#reader.read('PRIMARY', 'STRING'));
    if (bytes === null) throw new AppError('capture/not-text', 'the selection offers no text');
    // A page's selection holds the replacement sign where a field is embedded (Chromium).
    const text = decodeSelection(bytes, unicode === null ? 'latin1' : 'utf8').replaceAll('\uFFFC', '');
    return { owner, text };
  }

  async #workingRoutes(): Promise<DesktopDescription['selectionRoutes']> {
    // Asking who owns PRIMARY proves that this display lets selections be asked for.
    await this.#x.selectionOwner('PRIMARY');
    return (await this.#accessibility.works()) ? ['accessibility', 'primary'] : ['primary'];
  }

  #remember(found: FoundText | null, selection: PrimarySelection | null): string {
    const id = `t-${randomUUID()}`;
    this.#targets.set(id, { found, selection, done: null });
    for (const old of [...this.#targets.keys()].slice(0, -rememberedTargets)) this.#targets.delete(old);
    return id;
  }

  async #hasCompositor(): Promise<boolean> {
    return (await this.#x.selectionOwner('_NET_WM_CM_S0')) !== 0;
  }

  async #windowManagerName(): Promise<string | null> {
    const check = propertyNumber(await this.#x.property(await this.#x.root(), '_NET_SUPPORTING_WM_CHECK'));
    return check === null ? null : propertyText(await this.#x.property(check, '_NET_WM_NAME'));
  }
}

/** A display that does not let this process in does not let it read either. */
function causeOf(error: unknown): AppErrorShape {
  const cause = toErrorShape(error);
  return cause.code.startsWith('display/') ? { code: 'capture/no-permission', message: cause.message } : cause;
}
