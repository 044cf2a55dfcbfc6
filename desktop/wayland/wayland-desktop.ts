import { randomUUID } from 'node:crypto';
import type {
  ActiveWindow,
  CaptureAnswer,
  CapturedSelection,
  ClipboardContent,
  ClipboardDescription,
  PortAnswer,
  PutBackAnswer,
  RouteReport,
} from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { applicationOf, isOwnName } from '../applications/applications.ts';
import { nothingFound } from '../applications/nothing-found.ts';
import { askAgainWhenBusy, type Busy } from '../atspi/ask-again.ts';
import { AtspiRoute, requireChecked } from '../atspi/atspi-route.ts';
import type { FoundText, Written } from '../atspi/text-target.ts';
import type { DesktopDescription, DesktopPort, PutBackMode } from '../ports.ts';
import { decodeSelection } from '../selection-text.ts';
import { DataControl, type Offer, type SelectionName } from './data-control.ts';
import { contentOf, textTypeOf } from './offered-types.ts';
import { type Toplevel, ToplevelWatch } from './toplevel-watch.ts';
import { WaylandConnection } from './wayland-connection.ts';
import { findProgram, readSelection } from './wl-clipboard.ts';

/** Captures whose place is remembered; an older one can no longer be written to. */
const rememberedTargets = 20;

type Target = { readonly found: FoundText; written: Written | null } | null;

/** What a compositor lets this process see. */
interface Session {
  readonly connection: WaylandConnection;
  readonly toplevels: ToplevelWatch;
  readonly dataControl: DataControl | null;
}

/** Wayland: the accessibility interface first, then the primary selection where the compositor has data-control. */
export class WaylandDesktop implements DesktopPort {
  readonly #env: NodeJS.ProcessEnv;
  readonly #accessibility: AtspiRoute;
  readonly #targets = new Map<string, Target>();
  #session: Promise<Session> | null = null;
  /** The window that was in front when the primary selection was made; null when that is not known. */
  #primaryFrom: number | null = null;
  /** Whether the primary selection was made after the last capture. */
  #primaryIsNew = false;

  constructor(env: NodeJS.ProcessEnv, shellProcessId: number | null) {
    this.#env = env;
    // GTK 4 tells no focus under Wayland, not even when asked (seen in 4.8 under sway 1.7).
    this.#accessibility = new AtspiRoute(shellProcessId, true);
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
      const front = await this.#windowInFront(session);
      window = front;
      const selection = await askAgainWhenBusy(
        () => this.#byAccessibility(session, front),
        () => this.#byPrimary(session, front),
      );
      this.#primaryIsNew = false;
      if (selection === null) throw nothingFound(window);
      return { status: 'captured', selection };
    } catch (error) {
      return { status: 'failed', window, cause: toErrorShape(error) };
    }
  }

  async describeClipboard(): Promise<PortAnswer<ClipboardDescription>> {
    try {
      const offer = this.#offer(await this.#open(), 'clipboard');
      if (offer === null) return { status: 'nothing', cause: null };
      const ageMs = offer.setAt === null ? null : Date.now() - offer.setAt;
      return { status: 'available', value: { content: contentOf(offer.types), ageMs } };
    } catch (error) {
      return { status: 'unsupported', cause: toErrorShape(error) };
    }
  }

  async readClipboardText(): Promise<PortAnswer<string>> {
    try {
      const offer = this.#offer(await this.#open(), 'clipboard');
      if (offer === null) return { status: 'nothing', cause: null };
      const content = contentOf(offer.types);
      if (content === 'secret') throw new AppError('capture/clipboard-secret', 'marked as a secret by its owner');
      if (content !== 'text' && content !== 'rich-text') throw notText('clipboard', content);
      return { status: 'available', value: await this.#read('clipboard', offer) };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  /** The shell's own way serves here. */
  async writeClipboardText(): Promise<PortAnswer<null>> {
    return { status: 'unsupported', cause: null };
  }

  async putBack(targetId: string, text: string, mode: PutBackMode): Promise<PutBackAnswer> {
    const target = this.#targets.get(targetId);
    try {
      if (target === undefined) throw new AppError('put-back/target-gone', `no capture ${targetId}`);
      if (target === null) throw new AppError('put-back/not-editable', 'no way to write there');
      target.written = await this.#accessibility.write(target.found, text, mode);
      requireChecked(target.written);
      return { status: 'done', route: 'accessibility', canUndo: true };
    } catch (error) {
      return { status: 'failed', cause: toErrorShape(error) };
    }
  }

  async undoPutBack(targetId: string): Promise<PutBackAnswer> {
    const target = this.#targets.get(targetId);
    try {
      if (target == null || target.written === null) throw new AppError('put-back/target-gone', 'nothing to take back');
      await this.#accessibility.undo(target.written);
      target.written = null;
      return { status: 'done', route: 'accessibility', canUndo: false };
    } catch (error) {
      return { status: 'failed', cause: toErrorShape(error) };
    }
  }

  async describe(): Promise<DesktopDescription> {
    const accessible = await this.#accessibility.works();
    const session = await this.#open().catch(() => null);
    const reads = session?.dataControl != null && findProgram('wl-paste', this.#env) !== null;
    return {
      system: 'linux-wayland',
      compositor: this.#env['XDG_CURRENT_DESKTOP'] ?? null,
      // Every compositor draws windows with transparency.
      composited: session === null ? null : true,
      selectionRoutes: [...(accessible ? (['accessibility'] as const) : []), ...(reads ? (['primary'] as const) : [])],
    };
  }

  async selfTest(): Promise<readonly RouteReport[]> {
    const clipboard = await this.describeClipboard();
    const helper = findProgram('wl-paste', this.#env);
    const missing = {
      code: 'capture/helper-missing',
      message: 'no wl-paste',
      values: { program: 'wl-paste' },
    } as const;
    const unsupported = clipboard.status === 'available' ? null : clipboard.cause;
    const cause = unsupported ?? (helper === null ? missing : null);
    const status = cause === null ? 'works' : cause.code === 'capture/helper-missing' ? 'fails' : 'absent';
    const noKeys = { code: 'put-back/not-editable', message: 'Wayland lets no application press keys' } as const;
    return [
      await this.#accessibility.report(),
      { route: 'clipboard', status, values: {}, cause },
      { route: 'selection', status, values: {}, cause },
      { route: 'paste', status: 'absent', values: {}, cause: noKeys },
    ];
  }

  async leave(): Promise<void> {}

  dispose(): void {
    this.#accessibility.dispose();
    void this.#session?.then(({ connection }) => connection.dispose()).catch(() => {});
  }

  /** One connection, made anew when the compositor ended the last. */
  async #open(): Promise<Session> {
    const open = await this.#session?.catch(() => null);
    if (open == null || open.connection.closed) this.#session = this.#connect();
    return this.#session as Promise<Session>;
  }

  async #connect(): Promise<Session> {
    const connection = await WaylandConnection.open(this.#env);
    const toplevels = new ToplevelWatch(connection, isOwn);
    const dataControl = await DataControl.start(connection, (name) => {
      if (name !== 'primary') return;
      this.#primaryFrom = toplevels.active?.id ?? null;
      this.#primaryIsNew = true;
    });
    await connection.roundTrip();
    return { connection, toplevels, dataControl };
  }

  async #windowInFront({ toplevels }: Session): Promise<ActiveWindow | null> {
    const { current } = toplevels;
    // An empty desktop in front: an application that was left a moment ago is not it.
    if (toplevels.known && current === null) return null;
    const accessible = await this.#accessibility.windowInFront(current?.title ?? null);
    if (current === null && accessible === null) return null;
    return {
      windowId: current === null ? '' : String(current.id),
      processId: accessible?.processId ?? null,
      application: current?.application ?? accessible?.application ?? null,
      title: current?.title ?? accessible?.title ?? null,
    };
  }

  /** Throws what ends the capture: a password field must not be read by another way either. */
  async #byAccessibility(session: Session, window: ActiveWindow | null): Promise<CapturedSelection | Busy | null> {
    if (window === null || window.processId === null) return null;
    const found = await this.#accessibility.find(window.processId);
    if (found === null || found === 'busy') return found;
    // Each paragraph may be an object of its own (LibreOffice), of which one tells only its part of what is selected.
    const wider = found.whole ? null : await this.#byPrimary(session, window).catch(() => null);
    // Where nobody tells which window is in front, that what is selected now is a part of it is what tells that it is new.
    const known = session.toplevels.known;
    if (wider !== null && isPart(found.text, wider.text) && (wider.fresh || !known)) return { ...wider, fresh: true };
    const inPlace = found.editable && applicationOf(window).paragraphs === 'whole';
    const targetId = this.#remember(inPlace ? { found, written: null } : null);
    return {
      targetId,
      text: found.text,
      route: 'accessibility',
      window,
      editable: inPlace ? 'in-place' : 'no',
      fresh: true,
    };
  }

  async #byPrimary(session: Session, window: ActiveWindow | null): Promise<CapturedSelection | null> {
    const offer = this.#offer(session, 'primary');
    if (offer === null) return null;
    const text = await this.#read('primary', offer);
    const fresh = session.toplevels.known
      ? window !== null && String(this.#primaryFrom) === window.windowId
      : this.#primaryIsNew;
    const isKnown = session.toplevels.known && window !== null && this.#primaryFrom !== null && !fresh;
    const from = isKnown ? { elsewhere: true as const } : {};
    return { targetId: this.#remember(null), text, route: 'primary', window, editable: 'no', fresh, ...from };
  }

  /** Throws `capture/compositor-unsupported` where no program may see what others selected or copied. */
  #offer({ dataControl }: Session, name: SelectionName): Offer | null {
    if (dataControl === null)
      throw new AppError('capture/compositor-unsupported', 'the compositor has no data-control', {
        values: { system: 'linux-wayland' },
      });
    return dataControl.offer(name);
  }

  async #read(name: SelectionName, offer: Offer): Promise<string> {
    const type = textTypeOf(offer.types);
    if (type === null) throw notText(name, offer.types.join(', '));
    const bytes = await readSelection(name, type, this.#env);
    return decodeSelection(bytes, type === 'STRING' ? 'latin1' : 'utf8').replaceAll('\uFFFC', '');
  }

  #remember(target: Target): string {
    const id = `t-${randomUUID()}`;
    this.#targets.set(id, target);
    for (const old of [...this.#targets.keys()].slice(0, -rememberedTargets)) this.#targets.delete(old);
    return id;
  }
}

/** A line's end that one offers and the other does not tells nothing of what is selected. */
function isPart(text: string, whole: string): boolean {
  return whole.trim().length > text.trim().length && whole.includes(text.trim());
}

function isOwn({ application, title }: Toplevel): boolean {
  return title === 'Beckon' && (application === '' || isOwnName(application));
}

function notText(name: SelectionName, content: ClipboardContent | string): AppError {
  return new AppError('capture/not-text', `the ${name} holds no text but ${content}`);
}
