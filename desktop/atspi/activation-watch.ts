import { type AccessibleRef, type BusConnection, registryRoot } from './accessibility-bus.ts';
import { Accessible } from './accessible.ts';

/** A window of an application that can be asked over the accessibility bus. */
export interface AccessibleWindow {
  readonly processId: number;
  readonly title: string;
  readonly application: string;
}

/** What applications are to be asked to tell for it. */
export const activationEvents = ['window:activate', 'window:deactivate'] as const;
/** How long ago the last window may have lost the keyboard: Beckon's own takes it a moment before a capture. */
const justLeftMs = 2500;

interface Activation {
  readonly ref: AccessibleRef;
  readonly processId: number;
  readonly leftAt: number | null;
}

/** Knows which window was in front last, where no display tells: applications announce it on the accessibility bus. */
export class ActivationWatch {
  readonly #bus: BusConnection;
  readonly #ownProcessId: number | null;
  #last: Activation | null = null;

  private constructor(bus: BusConnection, ownProcessId: number | null) {
    this.#bus = bus;
    this.#ownProcessId = ownProcessId;
  }

  /** `ownProcessId`: the process whose windows are Beckon's own. */
  static async start(bus: BusConnection, ownProcessId: number | null): Promise<ActivationWatch> {
    const watch = new ActivationWatch(bus, ownProcessId);
    await bus.listen("type='signal',interface='org.a11y.atspi.Event.Window'", ({ sender, path, member }) => {
      if (member === 'Activate') void watch.#came({ sender, path });
      if (member === 'Deactivate') watch.#left({ sender, path });
    });
    return watch;
  }

  /** The window in front, or in front until Beckon came; null when that one tells nothing on the bus. */
  async current(): Promise<AccessibleWindow | null> {
    const last = this.#last;
    if (last === null) return this.#search(async (window) => window.has('active'));
    if (last.leftAt !== null && Date.now() - last.leftAt > justLeftMs) return null;
    return this.#describe(new Accessible(this.#bus, last.ref), last.processId);
  }

  /** The window of that title, as a display gave it; null when none says so on the bus. */
  async titled(title: string): Promise<AccessibleWindow | null> {
    const last = this.#last;
    const window = last === null ? null : await this.#describe(new Accessible(this.#bus, last.ref), last.processId);
    if (window?.title === title) return window;
    return this.#search(async (one) => (await one.name()) === title);
  }

  async #search(matches: (window: Accessible) => Promise<boolean>): Promise<AccessibleWindow | null> {
    for (const application of await new Accessible(this.#bus, registryRoot).children()) {
      const processId = await this.#bus.processId(application.ref.sender);
      if (processId === null || processId === this.#ownProcessId) continue;
      for (const window of await application.children().catch(() => []))
        if (await matches(window).catch(() => false)) return this.#describe(window, processId);
    }
    return null;
  }

  async #describe(window: Accessible, processId: number): Promise<AccessibleWindow | null> {
    try {
      return { processId, title: await window.name(), application: await window.applicationName() };
    } catch {
      return null;
    }
  }

  async #came(ref: AccessibleRef): Promise<void> {
    const processId = await this.#bus.processId(ref.sender);
    if (processId !== null && processId !== this.#ownProcessId) this.#last = { ref, processId, leftAt: null };
  }

  #left({ sender, path }: AccessibleRef): void {
    const last = this.#last;
    if (last?.ref.sender === sender && last.ref.path === path) this.#last = { ...last, leftAt: Date.now() };
  }
}
