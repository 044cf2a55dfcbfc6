import type { XInput } from 'x11';
import type { X11Connection } from './x11-connection.ts';

/** Every mouse and touchpad, and every keyboard, as one each (XInput 2). */
const allMasterDevices = 1;

export type RawPress = keyof XInput['EventMask'];

/**
 * Presses as the devices make them (raw events of XInput 2): they are told whoever has the pointer or the keyboard, and are
 * taken from nobody. What is asked for by several parts of this process is one selection of its connection.
 */
export class RawInput {
  readonly #x: X11Connection;
  readonly #selected = new Set<RawPress>();
  #extension: Promise<XInput> | null = null;

  constructor(x: X11Connection) {
    this.#x = x;
  }

  /** Throws where the display has no such extension. */
  async select(press: RawPress, selecting: boolean): Promise<void> {
    if (this.#selected.has(press) === selecting) return;
    if (selecting) this.#selected.add(press);
    else this.#selected.delete(press);
    this.#extension ??= this.#open();
    const [extension, root] = await Promise.all([this.#extension, this.#x.root()]);
    const mask = [...this.#selected].reduce((all, name) => all | extension.EventMask[name], 0);
    extension.XISelectEvents(root, { deviceId: allMasterDevices, mask });
  }

  async #open(): Promise<XInput> {
    const client = await this.#x.client();
    const extension = await new Promise<XInput>((resolve, reject) => {
      client.require('xinput', (error, found) => (error ? reject(error) : resolve(found)));
    });
    // Before anything else of version 2 is asked; from 2.1 on a grab of another program keeps no raw event back.
    await new Promise<void>((resolve, reject) => {
      extension.XIQueryVersion(2, 2, (error) => (error ? reject(error) : resolve()));
    });
    return extension;
  }
}
