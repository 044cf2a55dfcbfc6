import type {
  ActiveWindow,
  CaptureAnswer,
  ClipboardDescription,
  DesktopDescription,
  PortAnswer,
  PutBackAnswer,
  PutBackMode,
  RichText,
  RouteReport,
} from '../../contract/desktop.ts';
import { toErrorShape } from '../../contract/errors.ts';
import { nothingFound } from '../applications/nothing-found.ts';
import { isAccessibilityOn, turnAccessibility } from '../atspi/accessibility-status.ts';
import type { AtspiRoute } from '../atspi/atspi-route.ts';
import { noWholeClipboard } from '../no-whole-clipboard.ts';
import { Places } from '../places.ts';
import type { DesktopPort } from '../ports.ts';
import type { Offer } from './data-control.ts';
import { SelectionFinder } from './find-selection.ts';
import { describeClipboard, type ReadBytes, readClipboard } from './offered-text.ts';
import { type OpenSession, offerOf, type WaylandSession } from './wayland-session.ts';

export interface WaylandDeps {
  readonly accessibility: Pick<AtspiRoute, 'find' | 'windowInFront' | 'works' | 'report' | 'dispose'>;
  readonly openSession: OpenSession;
  readonly read: ReadBytes;
  /** Whether the program is there that `read` asks. */
  readonly hasHelper: () => boolean;
  readonly compositor: string | null;
}

/** Wayland: the accessibility interface first, then the primary selection where the compositor has data-control. */
export class WaylandDesktop implements DesktopPort {
  readonly watchClipboard = noWholeClipboard.watchClipboard;
  readonly saveClipboard = noWholeClipboard.saveClipboard;
  readonly offerClipboard = noWholeClipboard.offerClipboard;
  readonly #deps: WaylandDeps;
  readonly #finder: SelectionFinder;
  readonly #places = new Places();
  #session: Promise<WaylandSession> | null = null;

  constructor(deps: WaylandDeps) {
    this.#deps = deps;
    this.#finder = new SelectionFinder(deps);
    this.#open().catch(() => {});
  }

  async activeWindow(): Promise<PortAnswer<ActiveWindow>> {
    try {
      const window = await this.#windowInFront(await this.#open());
      return window === null ? { status: 'nothing', cause: null } : { status: 'available', value: window };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  /** The compositor tells nobody but the window under the pointer. */
  async pointerPressed(): Promise<boolean | null> {
    return null;
  }

  async captureSelection(): Promise<CaptureAnswer> {
    let window: ActiveWindow | null = null;
    try {
      const session = await this.#open();
      window = await this.#windowInFront(session);
      const found = await this.#finder.find(session, window);
      if (found === null) throw nothingFound(window);
      return { status: 'captured', selection: this.#places.capture(found) };
    } catch (error) {
      return { status: 'failed', window, cause: toErrorShape(error) };
    }
  }

  async describeClipboard(): Promise<PortAnswer<ClipboardDescription>> {
    return describeClipboard(() => this.#clipboard());
  }

  async readClipboardText(): Promise<PortAnswer<string>> {
    return readClipboard(() => this.#clipboard(), this.#deps.read);
  }

  /** The shell's own way serves here. */
  async writeClipboardText(): Promise<PortAnswer<null>> {
    return { status: 'unsupported', cause: null };
  }

  putBack(targetId: string, text: string, mode: PutBackMode, rich?: RichText): Promise<PutBackAnswer> {
    return this.#places.putBack(targetId, text, mode, rich ?? null);
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
    const accessible = await this.#deps.accessibility.works();
    const session = await this.#open().catch(() => null);
    const reads = session?.dataControl != null && this.#deps.hasHelper();
    return {
      system: 'linux-wayland',
      compositor: this.#deps.compositor,
      // Every compositor draws windows with transparency.
      composited: session === null ? null : true,
      selectionRoutes: [...(accessible ? (['accessibility'] as const) : []), ...(reads ? (['primary'] as const) : [])],
    };
  }

  async selfTest(): Promise<readonly RouteReport[]> {
    const clipboard = await this.describeClipboard();
    const missing = {
      code: 'capture/helper-missing',
      message: 'no wl-paste',
      values: { program: 'wl-paste' },
    } as const;
    const unsupported = clipboard.status === 'available' ? null : clipboard.cause;
    const cause = unsupported ?? (this.#deps.hasHelper() ? null : missing);
    const status = cause === null ? 'works' : cause.code === 'capture/helper-missing' ? 'fails' : 'absent';
    const noKeys = { code: 'put-back/not-editable', message: 'Wayland lets no application press keys' } as const;
    return [
      await this.#deps.accessibility.report(),
      { route: 'clipboard', status, values: {}, cause },
      { route: 'selection', status, values: {}, cause },
      { route: 'paste', status: 'absent', values: {}, cause: noKeys },
    ];
  }

  async leave(): Promise<void> {}

  dispose(): void {
    this.#deps.accessibility.dispose();
    void this.#session?.then((session) => session.dispose()).catch(() => {});
  }

  /** One connection, made anew when the compositor ended the last. */
  #open(): Promise<WaylandSession> {
    const open = () => this.#deps.openSession((from) => this.#finder.notePrimary(from));
    // Set at once: what is asked at the same time waits for the same one.
    this.#session = this.#session?.then((session) => (session.closed ? open() : session), open) ?? open();
    return this.#session;
  }

  /** Null when nothing is in it. Throws where it cannot be seen. */
  async #clipboard(): Promise<Offer | null> {
    return offerOf(await this.#open(), 'clipboard');
  }

  async #windowInFront({ toplevels }: WaylandSession): Promise<ActiveWindow | null> {
    const { current } = toplevels;
    // An empty desktop in front: an application that was left a moment ago is not it.
    if (toplevels.known && current === null) return null;
    const accessible = await this.#deps.accessibility.windowInFront(current?.title ?? null);
    if (current === null && accessible === null) return null;
    return {
      windowId: current === null ? '' : String(current.id),
      processId: accessible?.processId ?? null,
      application: current?.application ?? accessible?.application ?? null,
      title: current?.title ?? accessible?.title ?? null,
    };
  }
}
