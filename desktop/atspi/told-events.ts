import type { Disposable } from '../../contract/disposable.ts';
import { toolkitOf } from '../applications/applications.ts';
import { sleep } from '../sleep.ts';
import { type BusConnection, registry, registryRoot } from './accessibility-bus.ts';
import { Accessible, rootPath } from './accessible.ts';

/** Right after a login the registry has to be started for it. */
const registerLimitMs = 3000;
/** An application that has just come to the bus tells what it is a moment later; in milliseconds after each other. */
const lookAgainMs = [0, 100, 300, 1000, 3000] as const;

/**
 * Events that applications are asked to tell. Some hand every key on over the bus while anybody asks for events, and a person's
 * own keys then come twice or changed (Qt 5): while such an application is there, nobody is asked, and what has the focus is
 * searched for.
 */
export class ToldEvents implements Disposable {
  readonly #bus: BusConnection;
  readonly #events: readonly string[];
  /** Connections of applications whose keys would come changed. */
  readonly #spared = new Set<string>();
  #areAsked = false;
  #isDisposed = false;
  #work: Promise<void> = Promise.resolve();

  private constructor(bus: BusConnection, events: readonly string[]) {
    this.#bus = bus;
    this.#events = events;
  }

  /** `always`: also while such an application is there. Throws where the registry does not take it. */
  static async start(bus: BusConnection, events: readonly string[], always: boolean): Promise<ToldEvents> {
    const told = new ToldEvents(bus, events);
    if (!always) await told.#watchComing();
    await told.#settle();
    return told;
  }

  async #watchComing(): Promise<void> {
    await this.#bus.listen(
      "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged'",
      ({ member, body: [name, , owner] }) => {
        if (member !== 'NameOwnerChanged' || typeof name !== 'string' || !name.startsWith(':')) return;
        if (owner === '') void this.#left(name);
        else void this.#came(name);
      },
    );
    const there = await new Accessible(this.#bus, registryRoot).children().catch(() => []);
    await Promise.all(there.map(({ ref }) => this.#look(ref.sender)));
  }

  /** Whether applications tell now: what none told may have happened all the same where they do not. */
  get areTold(): boolean {
    return this.#areAsked;
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  async #came(sender: string): Promise<void> {
    for (const ms of lookAgainMs) {
      await sleep(ms);
      if (this.#isDisposed || (await this.#look(sender))) break;
    }
    await this.#settle().catch(() => {});
  }

  async #left(sender: string): Promise<void> {
    if (this.#spared.delete(sender)) await this.#settle().catch(() => {});
  }

  /** Whether it has told what it is. */
  async #look(sender: string): Promise<boolean> {
    const toolkit = await new Accessible(this.#bus, { sender, path: rootPath }).toolkit().catch(() => null);
    if (toolkit !== null && toolkitOf(toolkit).keysWhileTold === 'changed') this.#spared.add(sender);
    return toolkit !== null;
  }

  #settle(): Promise<void> {
    const work = this.#work.then(() => this.#ask(this.#spared.size === 0));
    this.#work = work.catch(() => {});
    return work;
  }

  async #ask(areAsked: boolean): Promise<void> {
    if (areAsked === this.#areAsked || this.#isDisposed) return;
    this.#areAsked = areAsked;
    const member = areAsked ? 'RegisterEvent' : 'DeregisterEvent';
    for (const event of this.#events)
      await this.#bus.call({
        on: registry,
        interface: 'org.a11y.atspi.Registry',
        member,
        signature: 's',
        body: [event],
        limitMs: registerLimitMs,
      });
  }
}
