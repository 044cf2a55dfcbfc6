import { type AccessibleRef, type BusConnection, registry, registryRoot } from './accessibility-bus.ts';
import { Accessible } from './accessible.ts';

/** Right after a login the registry has to be started for it. */
const registerLimitMs = 3000;
/** Objects looked at when the focus has to be searched for; a walk of a large application takes far longer than a key. */
const searchLimit = 600;
const searchLimitMs = 2500;

/** Knows which object of which application has the focus: applications tell each change, so nothing is searched at the hotkey. */
export class FocusWatch {
  readonly #bus: BusConnection;
  readonly #focused = new Map<number, AccessibleRef>();
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
    for (const event of ['object:state-changed:focused', 'window:activate']) {
      await bus.call({
        on: registry,
        interface: 'org.a11y.atspi.Registry',
        member: 'RegisterEvent',
        signature: 's',
        body: [event],
        limitMs: registerLimitMs,
      });
    }
    return watch;
  }

  /** The object that has, or last had, the focus in a process; null when none told. */
  focusedIn(processId: number): Accessible | null {
    const ref = this.#focused.get(processId);
    return ref === undefined ? null : new Accessible(this.#bus, ref);
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
    const waiting: Accessible[] = [];
    for (const application of applications) {
      if ((await this.#bus.processId(application.ref.sender)) === processId) waiting.push(application);
    }
    const editable: Accessible[] = [];
    let focused: Accessible | null = null;
    for (let looked = 0; looked < searchLimit && Date.now() < end; looked += 1) {
      const next = waiting.shift();
      if (next === undefined) break;
      const found = await this.#look(next, waiting, editable);
      if (found === null) continue;
      focused = found;
      // Qt calls the tab of a focused document focused too.
      if (await found.holdsText().catch(() => false)) break;
    }
    if (focused === null) return this.#takesOnlySelected && waiting.length === 0 ? onlySelected(editable) : null;
    this.#focused.set(processId, focused.ref);
    return focused;
  }

  async #look(object: Accessible, waiting: Accessible[], editable: Accessible[]): Promise<Accessible | null> {
    try {
      const states = await object.states();
      if (states.includes('editable')) editable.push(object);
      waiting.push(...(await object.children()));
      return states.includes('focused') ? object : null;
    } catch {
      // Gone, or a part that does not answer.
    }
    return null;
  }

  async #set(ref: AccessibleRef): Promise<void> {
    const processId = await this.#bus.processId(ref.sender);
    if (processId !== null) this.#focused.set(processId, ref);
  }
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
