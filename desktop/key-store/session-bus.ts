import { existsSync } from 'node:fs';
import { Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next';
import { withTimeLimit } from '../time-limit.ts';

export interface BusObject {
  readonly destination: string;
  readonly path: string;
}

/** A store that is asked while its daemon starts answers later than one that runs. */
export const answerLimitMs = 4000;

/** The session bus, also where its address is told by its place alone, as on systems that start it with the session. */
export function openSessionBus(env: Readonly<Record<string, string | undefined>>): MessageBus {
  const place = `${env['XDG_RUNTIME_DIR'] ?? ''}/bus`;
  const isToldByPlace = !env['DBUS_SESSION_BUS_ADDRESS'] && existsSync(place);
  const bus = isToldByPlace ? sessionBus({ busAddress: `unix:path=${place}` }) : sessionBus();
  // An error is told by each call that it ends.
  (bus as NodeJS.EventEmitter).on('error', () => {});
  return bus;
}

/** The body of the answer. Throws what was answered instead, or `desktop/not-answering` after `limitMs`. */
export async function callBus(
  bus: MessageBus,
  { destination, path }: BusObject,
  [interfaceName, member]: readonly [string, string],
  [signature, body]: readonly [string, readonly unknown[]] = ['', []],
  limitMs = answerLimitMs,
): Promise<readonly unknown[]> {
  const message = new Message({ destination, path, interface: interfaceName, member, signature, body: [...body] });
  return (await withTimeLimit(bus.call(message), limitMs))?.body ?? [];
}

/** Rejects once the connection to the bus is refused or lost; a call alone would wait for its limit. */
export function lossOf(bus: MessageBus): Promise<never> {
  const loss = new Promise<never>((_, reject) => (bus as NodeJS.EventEmitter).once('error', reject));
  loss.catch(() => {});
  return loss;
}

/** Whether an error says that there is no bus, or nobody behind the name and nobody who could be started for it. */
export function isNobodyThere(error: unknown): boolean {
  const { type, syscall } = (error ?? {}) as { readonly type?: unknown; readonly syscall?: unknown };
  if (syscall === 'connect') return true;
  return typeof type === 'string' && /\.(?:ServiceUnknown|NameHasNoOwner|Spawn\.|UnknownObject)/.test(type);
}
