import type { WaylandConnection } from './wayland-connection.ts';
import type { MessageReader } from './wire-format.ts';

/** A window as the compositor tells of it; its title and application are that application's own words. */
export interface Toplevel {
  readonly id: number;
  readonly title: string;
  readonly application: string;
}

const managerName = 'zwlr_foreign_toplevel_manager_v1';
const managerEvent = { toplevel: 0 } as const;
const handleEvent = { title: 0, appId: 1, state: 4, closed: 6 } as const;
const handleRequest = { destroy: 7 } as const;
const activated = 2;

/**
 * Knows which window has the keyboard, or had it before Beckon's own took it, where the compositor tells
 * (wlr-foreign-toplevel-management: sway, Hyprland, labwc, Wayfire; not GNOME or KDE).
 */
export class ToplevelWatch {
  readonly known: boolean;
  readonly #connection: WaylandConnection;
  readonly #isOwn: (toplevel: Toplevel) => boolean;
  readonly #toplevels = new Map<number, Toplevel>();
  #active = 0;
  #last = 0;

  constructor(connection: WaylandConnection, isOwn: (toplevel: Toplevel) => boolean) {
    this.#connection = connection;
    this.#isOwn = isOwn;
    const manager = connection.bind(managerName, 1, (opcode, message) => {
      if (opcode === managerEvent.toplevel) this.#add(message.uint());
    });
    this.known = manager !== null;
  }

  /** The window that has the keyboard now, Beckon's own too. */
  get active(): Toplevel | null {
    return this.#toplevels.get(this.#active) ?? null;
  }

  /** The window the person came from; null when there is none, or the compositor does not tell. */
  get current(): Toplevel | null {
    this.#update();
    return this.#toplevels.get(this.#last) ?? null;
  }

  #add(id: number): void {
    this.#toplevels.set(id, { id, title: '', application: '' });
    this.#connection.listen(id, (opcode, message) => this.#onEvent(id, opcode, message));
  }

  #onEvent(id: number, opcode: number, message: MessageReader): void {
    const toplevel = this.#toplevels.get(id);
    if (toplevel === undefined) return;
    if (opcode === handleEvent.title) this.#toplevels.set(id, { ...toplevel, title: message.string() });
    if (opcode === handleEvent.appId) this.#toplevels.set(id, { ...toplevel, application: message.string() });
    if (opcode === handleEvent.state) {
      if (message.uints().includes(activated)) this.#active = id;
      else if (this.#active === id) this.#active = 0;
    }
    if (opcode === handleEvent.closed) {
      this.#toplevels.delete(id);
      this.#connection.forget(id);
      this.#connection.send(id, handleRequest.destroy);
    }
    this.#update();
  }

  #update(): void {
    const active = this.#toplevels.get(this.#active);
    if (active !== undefined && !this.#isOwn(active)) this.#last = active.id;
  }
}
