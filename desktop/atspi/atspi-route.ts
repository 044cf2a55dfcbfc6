import { type RouteReport, selectionLimitBytes } from '../../contract/desktop.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { toolkitOf } from '../applications/applications.ts';
import { checkText } from '../selection-text.ts';
import { withTimeLimit } from '../time-limit.ts';
import { type BusConnection, registryRoot } from './accessibility-bus.ts';
import { Accessible } from './accessible.ts';
import { type AccessibleWindow, ActivationWatch, activationEvents } from './activation-watch.ts';
import { type Busy, isBusy } from './ask-again.ts';
import { FocusWatch, focusEvents } from './focus-watch.ts';
import { type FoundText, readSelectedText } from './text-target.ts';
import { ToldEvents } from './told-events.ts';

/** Other ways to a selection must not wait for a walk through a large application, nor for a bus that is being started. */
const searchAtCallMs = 350;
/** Where no other way tells a selection, the walk is waited for until it ends: a call has this much left for that. */
const searchToItsEndMs = 2000;
/** Whoever asks what works here can wait a little longer: right after a login the bus is being started. */
const worksLimitMs = 1500;
const namesShown = 8;
const tryAgainMs = 5000;

/** What listens on the accessibility bus. */
interface Watch {
  readonly bus: BusConnection;
  readonly focus: FocusWatch;
  readonly windows: ActivationWatch;
  readonly events: ToldEvents;
}

export interface AtspiOptions {
  readonly connect: () => Promise<BusConnection>;
  /** The process whose windows are Beckon's own; null when no app runs. */
  readonly ownProcessId: number | null;
  /** See `FocusWatch.start`. */
  readonly takesOnlySelected: boolean;
}

/** The accessibility interface as a way to selected text: the very object tells it, and nothing is touched. */
export class AtspiRoute implements Disposable {
  readonly #start: () => Promise<Watch>;
  #watch: Promise<Watch | null>;
  /** Whether a start is going on: two at once would both succeed, and one would never end. */
  #starting = true;
  #triedAt = Date.now();
  #disposed = false;

  constructor(options: AtspiOptions) {
    this.#start = () => start(options);
    this.#watch = this.#begin();
  }

  /** Whether this desktop's accessibility bus answers. */
  async works(): Promise<boolean> {
    return (await this.#ready(worksLimitMs)) !== null;
  }

  /** The bus, with the names of the applications that are on it. */
  async report(): Promise<RouteReport> {
    const watch = await this.#ready(worksLimitMs);
    if (watch === null) {
      const cause = { code: 'capture/no-permission', message: 'no accessibility bus' } as const;
      return { route: 'accessibility', status: 'fails', values: {}, cause };
    }
    const applications = await new Accessible(watch.bus, registryRoot).children().catch(() => []);
    const names = await Promise.all(applications.map((one) => one.applicationName().catch(() => '')));
    const told = names.filter((name) => name !== '');
    const values = { count: told.length, names: told.slice(0, namesShown).join(', ') };
    return { route: 'accessibility', status: 'works', values, cause: null };
  }

  /**
   * The window in front by what applications say, for desktops that do not tell; with a title, the window of that title.
   * Null when it says nothing on the bus.
   */
  async windowInFront(title: string | null): Promise<AccessibleWindow | null> {
    const watch = await this.#ready(searchAtCallMs);
    if (watch === null) return null;
    const asked = title === null ? watch.windows.current() : watch.windows.titled(title);
    return withTimeLimit(asked, searchAtCallMs).catch(() => null);
  }

  /**
   * The selected text in what has the focus in a process; null when that process tells nothing here, `busy` when it
   * may tell in a moment, or its focus is still searched for. `patient`: nothing else tells what is selected, so that a search is
   * waited for until it ends. Throws `capture/password-field`, `capture/too-large` and `capture/not-text`, which end the capture.
   */
  async find(processId: number, patient = false): Promise<FoundText | Busy | null> {
    const watch = await this.#ready(searchAtCallMs);
    if (watch === null) return null;
    try {
      const told = watch.focus.focusedIn(processId);
      const object = await textWithFocus(watch, processId, told, patient);
      if (object === 'searching') return 'busy';
      const found = object === null ? null : await readSelectedText(object, selectionLimitBytes);
      // The focus has gone on while it was asked, as it does in an office that is still opening its document.
      const asked = [told, object].map((one) => one?.ref.path);
      if (found === null && !asked.includes(watch.focus.focusedIn(processId)?.ref.path)) return 'busy';
      if (found !== null) checkText(found.text);
      return found;
    } catch (error) {
      // The object is gone, or the application is busy: another way may still work.
      if (isBusy(error)) return 'busy';
      if (error instanceof AppError) throw error;
      return null;
    }
  }

  /** Whether a field that can be edited has the focus in a process: what it tells of its selection is all there is. */
  async tellsAll(processId: number): Promise<boolean> {
    const watch = await this.#ready(searchAtCallMs);
    const told = watch?.focus.focusedIn(processId) ?? null;
    const object = (await watch?.focus.textFocusedIn(processId)) ?? told;
    if (object === null) return false;
    const [states, holdsText] = await Promise.all([object.states(), object.holdsText()]).catch(
      () => [[], false] as const,
    );
    if (!holdsText || !states.includes('editable')) return false;
    if (states.includes('focused')) return true;
    // Some go on naming a field that has lost the focus to one that tells nothing. Once Beckon has the keyboard no field has the
    // focus any more, and the last that told of it is the one.
    return !(await object.applicationIsActive().catch(() => true));
  }

  /** Null without a bus that answers by then. It may come up after Beckon: another start is for the next call. */
  async #ready(limitMs: number): Promise<Watch | null> {
    const watch = await withTimeLimit(this.#watch, limitMs).catch(() => null);
    if (watch === null && !this.#starting && Date.now() - this.#triedAt >= tryAgainMs) {
      const begun = this.#begin();
      void begun.then((found) => {
        if (found !== null) this.#watch = begun;
      });
    }
    return watch;
  }

  async #begin(): Promise<Watch | null> {
    this.#starting = true;
    this.#triedAt = Date.now();
    const watch = await this.#start().catch(() => null);
    this.#starting = false;
    if (!this.#disposed) return watch;
    endWatch(watch);
    return null;
  }

  dispose(): void {
    this.#disposed = true;
    void this.#watch.then((watch) => endWatch(watch));
  }
}

function endWatch(watch: Watch | null): void {
  watch?.events.dispose();
  watch?.bus.dispose();
}

/** Whether the text that has the focus may be in this object, which was told in its place. */
async function surroundsText(object: Accessible): Promise<boolean> {
  if (await object.holdsText()) return false;
  return toolkitOf(await object.toolkit().catch(() => '')).focus === 'told-of-surroundings';
}

/** The object that has the focus; what told of it last is none while nobody is asked to tell. */
async function textWithFocus(
  { focus, events }: Watch,
  processId: number,
  told: Accessible | null,
  patient: boolean,
): Promise<Accessible | 'searching' | null> {
  if (events.areTold && told !== null && !(await surroundsText(told))) return told;
  return (await focus.textFocusedIn(processId)) ?? searched(focus, processId, patient);
}

/** A longer search goes on by itself: how long it takes is a matter of the machine, and not of whether a text has the focus. */
async function searched(
  focus: FocusWatch,
  processId: number,
  patient: boolean,
): Promise<Accessible | 'searching' | null> {
  const search = focus.search(processId).catch(() => null);
  return withTimeLimit(search, patient ? searchToItsEndMs : searchAtCallMs).catch(() => 'searching' as const);
}

async function start({ connect, ownProcessId, takesOnlySelected }: AtspiOptions): Promise<Watch> {
  const bus = await connect();
  try {
    const focus = await FocusWatch.start(bus, takesOnlySelected);
    const windows = await ActivationWatch.start(bus, ownProcessId);
    // Where no display tells which window is in front, these events alone do.
    const always = takesOnlySelected;
    const events = await ToldEvents.start(bus, [...new Set([...focusEvents, ...activationEvents])], always);
    return { bus, focus, windows, events };
  } catch (error) {
    bus.dispose();
    throw error;
  }
}
