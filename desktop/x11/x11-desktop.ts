import type {
  ActiveWindow,
  CaptureAnswer,
  ClipboardDescription,
  ClipboardFormatByName,
  DesktopDescription,
  PortAnswer,
  PutBackAnswer,
  PutBackMode,
  RichText,
  RouteReport,
} from '../../contract/desktop.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { isAccessibilityOn, turnAccessibility } from '../atspi/accessibility-status.ts';
import type { AtspiRoute } from '../atspi/atspi-route.ts';
import { Places } from '../places.ts';
import type { DesktopPort } from '../ports.ts';
import { withTimeLimit } from '../time-limit.ts';
import type { ClipboardCopies } from './clipboard-copies.ts';
import type { ClipboardLease } from './clipboard-lease.ts';
import type { ClipboardReader } from './clipboard-reader.ts';
import type { SelectionFinder } from './find-selection.ts';
import type { LeaseFile } from './lease-file.ts';
import { type TestedParts, testRoutes } from './self-test.ts';
import type { WholeClipboard } from './whole-clipboard.ts';
import type { WhyNothing } from './why-nothing.ts';
import { hasCompositor, windowManagerName } from './window-manager.ts';
import type { WindowWatch } from './window-watch.ts';
import type { X11Connection } from './x11-connection.ts';

const answerLimitMs = 500;
const describeLimitMs = 2000;

export interface X11Deps {
  readonly x: X11Connection;
  readonly windows: WindowWatch;
  readonly accessibility: AtspiRoute;
  readonly clipboard: ClipboardReader;
  readonly lease: ClipboardLease;
  readonly copies: ClipboardCopies;
  readonly whole: WholeClipboard;
  /** What is kept for the case that this process dies. */
  readonly files: readonly LeaseFile[];
  readonly finder: SelectionFinder;
  readonly why: Pick<WhyNothing, 'in'>;
  readonly tested: TestedParts;
  /** Once a selection is as it was that a process which died had moved the end of. */
  readonly restored: Promise<void>;
}

/**
 * X11: the accessibility interface first, then the PRIMARY selection, then a copy in applications known to need it.
 * Properties: Extended Window Manager Hints 1.5, ICCCM.
 */
export class X11Desktop implements DesktopPort {
  readonly #deps: X11Deps;
  readonly #places = new Places();

  constructor(deps: X11Deps) {
    this.#deps = deps;
    // What was in the clipboard of a session that is over is nobody's.
    void deps.x.closed.then(() => this.#forgetFiles());
  }

  async activeWindow(): Promise<PortAnswer<ActiveWindow>> {
    try {
      const window = await withTimeLimit(this.#deps.windows.current(), answerLimitMs);
      return window === null ? { status: 'nothing', cause: null } : { status: 'available', value: window };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  async pointerPressed(): Promise<boolean | null> {
    try {
      return await withTimeLimit(this.#deps.x.pointerPressed(), answerLimitMs);
    } catch {
      return null;
    }
  }

  async captureSelection(agreed: readonly string[] = []): Promise<CaptureAnswer> {
    const { windows, accessibility, finder, why } = this.#deps;
    let window: ActiveWindow | null = null;
    // The application is asked while the display still answers which one it is: it hardly ever is another one than last.
    const expected = windows.expectedProcessId;
    const ahead = expected === null ? null : { processId: expected, found: accessibility.find(expected) };
    ahead?.found.catch(() => {});
    try {
      window = await withTimeLimit(windows.current(), answerLimitMs);
      const isAgreed = agreed.includes(window?.application ?? '');
      const found = await finder.find({ window, ahead, agreed: isAgreed });
      if (found !== null) return { status: 'captured', selection: this.#places.capture(found) };
      const isAsked = window !== null && (await finder.asksForCopy(window, isAgreed));
      const { cause, offersCopy } = await why.in(window, isAsked);
      return { status: 'failed', window, cause: toErrorShape(cause), ...(offersCopy ? { offersCopy } : {}) };
    } catch (error) {
      return { status: 'failed', window, cause: causeOf(error) };
    }
  }

  async describeClipboard(): Promise<PortAnswer<ClipboardDescription>> {
    return this.#deps.lease.whenFree(() => this.#deps.clipboard.describe());
  }

  async readClipboardText(): Promise<PortAnswer<string>> {
    return this.#deps.lease.whenFree(() => this.#deps.clipboard.readText());
  }

  async writeClipboardText(text: string, html?: string): Promise<PortAnswer<null>> {
    try {
      await this.#deps.copies.copy(text, html ?? null);
      return { status: 'available', value: null };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  watchClipboard(signal: AbortSignal): AsyncIterable<{ readonly type: 'copied' }> {
    return this.#deps.whole.watch(signal);
  }

  saveClipboard(): Promise<PortAnswer<readonly ClipboardFormatByName[]>> {
    return this.#deps.whole.save();
  }

  offerClipboard(formats: readonly ClipboardFormatByName[]): Promise<PortAnswer<null>> {
    return this.#deps.whole.offer(formats);
  }

  putBack(
    targetId: string,
    text: string,
    mode: PutBackMode,
    rich?: RichText,
    agreed?: boolean,
  ): Promise<PutBackAnswer> {
    return this.#places.putBack(targetId, text, mode, rich ?? null, agreed);
  }

  undoPutBack(targetId: string): Promise<PutBackAnswer> {
    return this.#places.undo(targetId);
  }

  accessibilityOn(): Promise<boolean | null> {
    return isAccessibilityOn();
  }

  async turnAccessibility(on: boolean): Promise<boolean> {
    await turnAccessibility(on);
    return (await isAccessibilityOn()) === on;
  }

  async describe(): Promise<DesktopDescription> {
    const { x, restored } = this.#deps;
    // Core asks after a death before it shows its window: until then the keys of the way back reach the one that they are for.
    await restored;
    try {
      const composited = await withTimeLimit(hasCompositor(x), answerLimitMs);
      const compositor = await withTimeLimit(windowManagerName(x), answerLimitMs);
      const selectionRoutes = await withTimeLimit(this.#workingRoutes(), describeLimitMs);
      return { system: 'linux-x11', compositor, composited, selectionRoutes };
    } catch {
      return { system: 'linux-x11', compositor: null, composited: null, selectionRoutes: [] };
    }
  }

  async selfTest(): Promise<readonly RouteReport[]> {
    const clipboard = await this.describeClipboard();
    const cause = clipboard.status === 'denied' ? clipboard.cause : null;
    return [
      await this.#deps.accessibility.report(),
      { route: 'clipboard', status: cause === null ? 'works' : 'fails', values: {}, cause },
      ...(await testRoutes(this.#deps.tested)),
    ];
  }

  async leave(): Promise<void> {
    const { x, accessibility, lease, copies } = this.#deps;
    await this.#places.untilDone();
    accessibility.dispose();
    await Promise.race([x.closed, Promise.all([lease.untilTaken(), copies.untilTaken()])]);
    await this.#forgetFiles();
  }

  dispose(): void {
    const { x, accessibility, copies } = this.#deps;
    accessibility.dispose();
    copies.dispose();
    x.dispose();
  }

  async #forgetFiles(): Promise<void> {
    await Promise.all(this.#deps.files.map((file) => file.forget()));
  }

  async #workingRoutes(): Promise<DesktopDescription['selectionRoutes']> {
    // Asking who owns PRIMARY proves that this display lets selections be asked for.
    await this.#deps.x.selectionOwner('PRIMARY');
    return (await this.#deps.accessibility.works()) ? ['accessibility', 'primary'] : ['primary'];
  }
}

/** A display that does not let this process in does not let it read either. */
function causeOf(error: unknown): AppErrorShape {
  const cause = toErrorShape(error);
  return cause.code.startsWith('display/') ? { code: 'capture/no-permission', message: cause.message } : cause;
}
