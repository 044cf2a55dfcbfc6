import { WaylandConnection } from '../../desktop/wayland/wayland-connection.ts';
import { sleep } from './processes.ts';

const leftButton = 0x110;
const request = { create: 0, motionAbsolute: 1, button: 2, frame: 4 } as const;

/** A mouse for a compositor that has no real one (wlr-virtual-pointer). Places are pixels of a screen of that size. */
export class WaylandPointer {
  readonly #connection: WaylandConnection;
  readonly #pointer: number;
  readonly #screen: { readonly width: number; readonly height: number };

  private constructor(connection: WaylandConnection, pointer: number, screen: { width: number; height: number }) {
    this.#connection = connection;
    this.#pointer = pointer;
    this.#screen = screen;
  }

  static async open(env: NodeJS.ProcessEnv, screen = { width: 1280, height: 720 }): Promise<WaylandPointer> {
    const connection = await WaylandConnection.open(env);
    const manager = connection.bind('zwlr_virtual_pointer_manager_v1', 1);
    if (manager === null) throw new Error('the compositor takes no virtual pointer');
    const pointer = connection.listen(connection.newId(), () => {});
    connection.send(manager.id, request.create, [{ uint: 0 }, { uint: pointer }]);
    await connection.roundTrip();
    return new WaylandPointer(connection, pointer, screen);
  }

  async moveTo(x: number, y: number): Promise<void> {
    const { width, height } = this.#screen;
    const place = [{ uint: x }, { uint: y }, { uint: width }, { uint: height }];
    this.#send(request.motionAbsolute, [{ uint: Date.now() >>> 0 }, ...place]);
    await this.#connection.roundTrip();
  }

  async click(times = 1): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      for (const pressed of [1, 0]) {
        this.#send(request.button, [{ uint: Date.now() >>> 0 }, { uint: leftButton }, { uint: pressed }]);
        await this.#connection.roundTrip();
      }
      await sleep(40);
    }
  }

  close(): void {
    this.#connection.dispose();
  }

  #send(opcode: number, args: readonly { readonly uint: number }[]): void {
    this.#connection.send(this.#pointer, opcode, args);
    this.#connection.send(this.#pointer, request.frame);
  }
}
