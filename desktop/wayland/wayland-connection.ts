import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { withTimeLimit } from '../time-limit.ts';
import { type Argument, encodeRequest, type MessageReader, splitMessages } from './wire-format.ts';

/** Something the compositor offers (wl_registry.global). */
export interface Global {
  readonly name: number;
  readonly interface: string;
  readonly version: number;
}

/** Called with an event's number and its arguments. */
export type EventListener = (opcode: number, message: MessageReader) => void;

const displayId = 1;
const registryId = 2;
const firstFreeId = 3;
const connectLimitMs = 1000;
const request = { sync: 0, getRegistry: 1, bind: 0 } as const;
const displayEvent = { error: 0, deleteId: 1 } as const;

/**
 * A client of the compositor (Wayland protocol 1.0) for what needs no file descriptor: which windows there are and what
 * the clipboard offers. It maps no surface and takes no focus.
 */
export class WaylandConnection implements Disposable {
  readonly globals: readonly Global[];
  readonly #socket: Socket;
  readonly #listeners: Map<number, EventListener>;
  #nextId = firstFreeId;
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const globals: Global[] = [];
    this.globals = globals;
    this.#listeners = new Map([
      [displayId, (opcode, message) => this.#onDisplay(opcode, message)],
      [
        registryId,
        (opcode, message) => {
          if (opcode === 0)
            globals.push({ name: message.uint(), interface: message.string(), version: message.uint() });
        },
      ],
    ]);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      const { messages, remainder } = splitMessages(Buffer.concat([rest, bytes]));
      rest = remainder;
      for (const { object, opcode, reader } of messages) this.#listeners.get(object)?.(opcode, reader);
    });
    socket.on('error', () => {});
    socket.on('close', () => (this.#closed = true));
  }

  /** Connects and waits until all globals are known. Errors: `display/none`. */
  static async open(env: NodeJS.ProcessEnv): Promise<WaylandConnection> {
    const socket = createConnection(socketPath(env));
    const connection = new WaylandConnection(socket);
    try {
      await withTimeLimit(
        new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject)),
        connectLimitMs,
      );
      connection.send(displayId, request.getRegistry, [{ uint: registryId }]);
      await connection.roundTrip();
      return connection;
    } catch (error) {
      socket.destroy();
      throw new AppError('display/none', `no Wayland display: ${String(error)}`);
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Binds the first global of an interface, at most at `version`; null when the compositor has none. */
  bind(name: string, version: number, listener: EventListener = () => {}): { id: number; version: number } | null {
    const global = this.globals.find((one) => one.interface === name);
    if (global === undefined) return null;
    const bound = Math.min(version, global.version);
    const id = this.listen(this.newId(), listener);
    this.send(registryId, request.bind, [{ uint: global.name }, { string: name }, { uint: bound }, { uint: id }]);
    return { id, version: bound };
  }

  newId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  /** Sets what hears the events of an object, and answers the object. */
  listen(id: number, listener: EventListener): number {
    this.#listeners.set(id, listener);
    return id;
  }

  forget(id: number): void {
    this.#listeners.delete(id);
  }

  send(object: number, opcode: number, args: readonly Argument[] = []): void {
    if (!this.#closed) this.#socket.write(encodeRequest(object, opcode, args));
  }

  /** Resolves once the compositor has answered everything that was sent before. */
  roundTrip(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      const id = this.listen(this.newId(), () => resolve());
      this.send(displayId, request.sync, [{ uint: id }]);
    });
    return withTimeLimit(answered, connectLimitMs);
  }

  dispose(): void {
    this.#socket.destroy();
  }

  #onDisplay(opcode: number, message: MessageReader): void {
    if (opcode === displayEvent.deleteId) this.#listeners.delete(message.uint());
    // After a protocol error the compositor answers nothing more.
    if (opcode === displayEvent.error) this.#socket.destroy();
  }
}

function socketPath({ WAYLAND_DISPLAY, XDG_RUNTIME_DIR }: NodeJS.ProcessEnv): string {
  const name = WAYLAND_DISPLAY ?? 'wayland-0';
  return name.startsWith('/') ? name : join(XDG_RUNTIME_DIR ?? '', name);
}
