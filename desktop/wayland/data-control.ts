import type { WaylandConnection } from './wayland-connection.ts';

export type SelectionName = 'clipboard' | 'primary';

/** What a selection offers, and since when. */
export interface Offer {
  readonly types: readonly string[];
  /** When it was set, by this process' clock; null for what was there before this process looked. */
  readonly setAt: number | null;
}

const managers = ['ext_data_control_manager_v1', 'zwlr_data_control_manager_v1'] as const;
/** The version of the second that tells of the primary selection. */
const wlrVersion = 2;
const managerRequest = { getDataDevice: 1 } as const;
const deviceEvent = { dataOffer: 0, selection: 1, primarySelection: 3 } as const;
const offerRequest = { destroy: 1 } as const;

/**
 * Follows what the clipboard and the primary selection offer, by the names of their types alone (ext-data-control or
 * wlr-data-control, whose messages are numbered alike). Their content goes through a file descriptor: `wl-clipboard.ts`.
 */
export class DataControl {
  readonly #connection: WaylandConnection;
  readonly #types = new Map<number, string[]>();
  readonly #held = new Map<SelectionName, { readonly offer: number; readonly setAt: number | null }>();
  readonly #onChange: (name: SelectionName) => void;
  #settled = false;

  private constructor(connection: WaylandConnection, onChange: (name: SelectionName) => void) {
    this.#connection = connection;
    this.#onChange = onChange;
  }

  /** Null where the compositor lets no program see what others copied. */
  static async start(
    connection: WaylandConnection,
    onChange: (name: SelectionName) => void,
  ): Promise<DataControl | null> {
    const name = managers.find((one) => connection.globals.some((global) => global.interface === one));
    const seat = connection.bind('wl_seat', 1);
    const manager = name === undefined ? null : connection.bind(name, name === managers[0] ? 1 : wlrVersion);
    if (seat === null || manager === null) return null;
    const control = new DataControl(connection, onChange);
    const device = connection.listen(connection.newId(), (opcode, message) => {
      if (opcode === deviceEvent.dataOffer) control.#announce(message.uint());
      if (opcode === deviceEvent.selection) control.#set('clipboard', message.uint());
      if (opcode === deviceEvent.primarySelection) control.#set('primary', message.uint());
    });
    connection.send(manager.id, managerRequest.getDataDevice, [{ uint: device }, { uint: seat.id }]);
    await connection.roundTrip();
    control.#settled = true;
    return control;
  }

  /** Null when nobody holds it. */
  offer(name: SelectionName): Offer | null {
    const held = this.#held.get(name);
    if (held === undefined) return null;
    return { types: this.#types.get(held.offer) ?? [], setAt: held.setAt };
  }

  #announce(offer: number): void {
    const types: string[] = [];
    this.#types.set(offer, types);
    this.#connection.listen(offer, (opcode, message) => {
      if (opcode === 0) types.push(message.string());
    });
  }

  #set(name: SelectionName, offer: number): void {
    const before = this.#held.get(name);
    if (before !== undefined) {
      this.#types.delete(before.offer);
      this.#connection.forget(before.offer);
      this.#connection.send(before.offer, offerRequest.destroy);
    }
    if (offer === 0) this.#held.delete(name);
    else this.#held.set(name, { offer, setAt: this.#settled ? Date.now() : null });
    if (this.#settled) this.#onChange(name);
  }
}
