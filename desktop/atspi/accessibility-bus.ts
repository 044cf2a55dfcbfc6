import { Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { withTimeLimit } from '../time-limit.ts';

/** An object of another application on the accessibility bus: its connection's name and its path. */
export interface AccessibleRef {
  readonly sender: string;
  readonly path: string;
}

export interface BusSignal extends AccessibleRef {
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface BusCall {
  readonly on: AccessibleRef;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
  /** Longest wait for the answer. */
  readonly limitMs?: number;
}

/** An application that is alive answers within a few milliseconds; a hanging one must not hold the overlay's chips up. */
const callLimitMs = 300;
const connectLimitMs = 1500;
const busDaemon: AccessibleRef = { sender: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
export const registry: AccessibleRef = { sender: 'org.a11y.atspi.Registry', path: '/org/a11y/atspi/registry' };
export const registryRoot: AccessibleRef = {
  sender: 'org.a11y.atspi.Registry',
  path: '/org/a11y/atspi/accessible/root',
};

/** The accessibility bus (AT-SPI 2), whose address the session bus tells. Errors: `capture/no-permission` without one. */
export class AccessibilityBus implements Disposable {
  readonly #bus: MessageBus;
  readonly #processIds = new Map<string, Promise<number | null>>();

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  static async connect(): Promise<AccessibilityBus> {
    const session = open({});
    try {
      const address = await withTimeLimit(askAddress(session), connectLimitMs);
      const bus = open({ busAddress: address });
      const accessibility = new AccessibilityBus(bus);
      // Proves that the bus takes calls.
      await withTimeLimit(accessibility.processId(registry.sender), connectLimitMs).catch((error) => {
        accessibility.dispose();
        throw error;
      });
      return accessibility;
    } catch (error) {
      throw new AppError('capture/no-permission', `no accessibility bus: ${String(error)}`);
    } finally {
      session.disconnect();
    }
  }

  /** The body of the answer. Throws what the application answered, or `capture/not-answering`. */
  async call({
    on,
    interface: name,
    member,
    signature = '',
    body = [],
    limitMs = callLimitMs,
  }: BusCall): Promise<readonly unknown[]> {
    const message = new Message({
      destination: on.sender,
      path: on.path,
      interface: name,
      member,
      signature,
      body: [...body],
    });
    const answer = await withTimeLimit(this.#bus.call(message), limitMs, 'capture/not-answering');
    return answer?.body ?? [];
  }

  /** A property of an object; its variant is opened. */
  async property(on: AccessibleRef, name: string, property: string, limitMs = callLimitMs): Promise<unknown> {
    const [variant] = await this.call({
      on,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [name, property],
      limitMs,
    });
    return (variant as { readonly value?: unknown } | undefined)?.value;
  }

  /** Which process has a connection; null when it is gone, or when that is not told in time. */
  processId(sender: string): Promise<number | null> {
    const known = this.#processIds.get(sender);
    if (known !== undefined) return known;
    const asked = this.call({
      on: busDaemon,
      interface: 'org.freedesktop.DBus',
      member: 'GetConnectionUnixProcessID',
      signature: 's',
      body: [sender],
    }).then(
      ([id]) => Number(id),
      () => {
        // A busy bus tells it later: what that application says would otherwise be lost for as long as it runs.
        this.#processIds.delete(sender);
        return null;
      },
    );
    this.#processIds.set(sender, asked);
    return asked;
  }

  /** Listens to signals that match a rule of the bus, from now on. */
  async listen(rule: string, listener: (signal: BusSignal) => void): Promise<void> {
    this.#bus.on('message', (message: Message) => {
      const { sender, path, member, body } = message;
      if (member !== undefined && sender !== undefined) listener({ sender, path, member, body });
    });
    await this.call({
      on: busDaemon,
      interface: 'org.freedesktop.DBus',
      member: 'AddMatch',
      signature: 's',
      body: [rule],
    });
  }

  dispose(): void {
    this.#bus.disconnect();
  }
}

/** What is asked of the bus by whoever has a connection to it. */
export type BusConnection = Pick<AccessibilityBus, 'call' | 'property' | 'processId' | 'listen' | 'dispose'>;

function open(options: { readonly busAddress?: string }): MessageBus {
  const bus = sessionBus(options);
  // A bus that goes away is noticed by the next call.
  (bus as NodeJS.EventEmitter).on('error', ignore);
  return bus;
}

function ignore(): void {}

async function askAddress(session: MessageBus): Promise<string> {
  const answer = await session.call(
    new Message({
      destination: 'org.a11y.Bus',
      path: '/org/a11y/bus',
      interface: 'org.a11y.Bus',
      member: 'GetAddress',
    }),
  );
  return String(answer?.body[0]);
}
