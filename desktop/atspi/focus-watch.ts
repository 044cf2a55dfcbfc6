import { type AccessibleRef, type BusConnection, registryRoot } from './accessibility-bus.ts';
import { Accessible, rootPath } from './accessible.ts';

/** What applications are to be asked to tell for it. */
export const focusEvents = ['object:state-changed:focused', 'window:activate'] as const;
/** Objects looked at when the focus has to be searched for; a walk of a large application takes far longer than a key. */
const searchLimit = 600;
const searchLimitMs = 2500;
/** A search asks so many objects at the same time: each question alone would wait for two processes in turn. */
const askedAtOnce = 8;
/** An editor tells of some parts of its window one after the other when it opens. */
const mostTold = 8;

/** What a search has still to look at: what is in something that can be seen comes first, before the menus that are closed. */
interface Waiting {
  readonly shown: Accessible[];
  readonly hidden: Accessible[];
}

/** Knows which object of which application has the focus: where applications tell each change, nothing is searched at the hotkey. */
export class FocusWatch {
  readonly #bus: BusConnection;
  /** What told that it has the focus in each process, the last one first. */
  readonly #told = new Map<number, readonly AccessibleRef[]>();
  readonly #searches = new Map<number, Promise<Accessible | null>>();

  readonly #takesOnlySelected: boolean;

  private constructor(bus: BusConnection, takesOnlySelected: boolean) {
    this.#bus = bus;
    this.#takesOnlySelected = takesOnlySelected;
  }

  /** `takesOnlySelected`: where an application tells no focus at all, its only selection is taken for it. */
  static async start(bus: BusConnection, takesOnlySelected: boolean): Promise<FocusWatch> {
    const watch = new FocusWatch(bus, takesOnlySelected);
    await bus.listen(
      "type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'",
      ({ sender, path, member, body }) => {
        if (member === 'StateChanged' && body[0] === 'focused' && body[1] === 1) void watch.#set({ sender, path });
      },
    );
    return watch;
  }

  /** The object that has, or last had, the focus in a process; null when none told. */
  focusedIn(processId: number): Accessible | null {
    const [ref] = this.#told.get(processId) ?? [];
    return ref === undefined ? null : new Accessible(this.#bus, ref);
  }

  /** A text that told of the focus before, and has it still: some tell of what surrounds it after that. Null when there is none. */
  async textFocusedIn(processId: number): Promise<Accessible | null> {
    for (const ref of this.#told.get(processId) ?? []) {
      const object = new Accessible(this.#bus, ref);
      const [states, holdsText] = await Promise.all([object.states(), object.holdsText()]).catch(
        () => [[], false] as const,
      );
      if (holdsText && states.includes('focused')) return object;
    }
    return null;
  }

  /** Searches a process that told nothing since Beckon listens, for what has its focus now. Takes up to some seconds. */
  search(processId: number): Promise<Accessible | null> {
    const running = this.#searches.get(processId);
    if (running !== undefined) return running;
    const search = this.#search(processId).finally(() => this.#searches.delete(processId));
    this.#searches.set(processId, search);
    return search;
  }

  async #search(processId: number): Promise<Accessible | null> {
    const end = Date.now() + searchLimitMs;
    const applications = await new Accessible(this.#bus, registryRoot).children();
    const waiting: Waiting = { shown: [], hidden: [] };
    for (const application of applications) {
      if ((await this.#bus.processId(application.ref.sender)) === processId) waiting.shown.push(application);
    }
    const editable: Accessible[] = [];
    let focused: Accessible | null = null;
    for (let looked = 0; looked < searchLimit && Date.now() < end; looked += askedAtOnce) {
      const next = taken(waiting.shown.length > 0 ? waiting.shown : waiting.hidden);
      if (next.length === 0) break;
      const found = await Promise.all(next.map((object) => this.#look(object, waiting, editable)));
      const focusedHere = found.filter((object) => object !== null);
      // Qt calls the tab of a focused document focused too.
      const texts = await Promise.all(focusedHere.map((object) => object.holdsText().catch(() => false)));
      focused = focusedHere[texts.indexOf(true)] ?? focusedHere.at(-1) ?? focused;
      if (texts.includes(true)) break;
    }
    if (focused === null) return this.#takesOnlySelected && waiting.hidden.length === 0 ? onlySelected(editable) : null;
    this.#note(processId, focused.ref);
    return focused;
  }

  async #look(object: Accessible, waiting: Waiting, editable: Accessible[]): Promise<Accessible | null> {
    try {
      const states = await object.states();
      if (states.includes('editable')) editable.push(object);
      const isShown = object.ref.path === rootPath || states.includes('showing');
      (isShown ? waiting.shown : waiting.hidden).push(...(await object.children()));
      return states.includes('focused') ? object : null;
    } catch {
      // Gone, or a part that does not answer.
    }
    return null;
  }

  async #set(ref: AccessibleRef): Promise<void> {
    const processId = await this.#bus.processId(ref.sender);
    if (processId !== null) this.#note(processId, ref);
  }

  #note(processId: number, ref: AccessibleRef): void {
    const others = (this.#told.get(processId) ?? []).filter(
      ({ sender, path }) => sender !== ref.sender || path !== ref.path,
    );
    this.#told.set(processId, [ref, ...others].slice(0, mostTold));
  }
}

/** The first ones, which are waiting no more. */
function taken(waiting: Accessible[]): readonly Accessible[] {
  return waiting.splice(0, askedAtOnce);
}

/** Answers the only one with a selection; with several none, since each may be one from before. */
async function onlySelected(objects: readonly Accessible[]): Promise<Accessible | null> {
  const selected: Accessible[] = [];
  for (const object of objects) {
    const range = await object.selection().catch(() => null);
    if (range !== null) selected.push(object);
  }
  return selected.length === 1 ? (selected[0] ?? null) : null;
}
