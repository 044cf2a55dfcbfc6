import { type Message, type MessageBus, Variant } from '@jellybrick/dbus-next';
import { type BusObject, callBus } from './session-bus.ts';

const destination = 'org.freedesktop.secrets';
const root: BusObject = { destination, path: '/org/freedesktop/secrets' };
const service = 'org.freedesktop.Secret.Service';
const promptName = 'org.freedesktop.Secret.Prompt';
/** The path of what there is none of. */
const nothing = '/';

/**
 * Whether what an application keeps in the Secret Service (GNOME Keyring, KeePassXC, KWallet 6) can be read and added to without
 * anybody being asked. Throws where there is none.
 */
export async function isSecretServiceOpen(bus: MessageBus, application: string): Promise<boolean> {
  const collection = await defaultCollection(bus);
  if (collection === nothing || (await isLocked(bus, collection))) return false;
  // Another collection than the default one may hold what was kept earlier.
  const [, locked] = await callBus(bus, root, [service, 'SearchItems'], ['a{ss}', [{ application }]]);
  return !Array.isArray(locked) || locked.length === 0;
}

/**
 * Has the store ask the person to open it, or to make one where there is none; resolves once they did or did not. The question
 * is the store's own, and goes when this connection does.
 */
export async function openSecretService(bus: MessageBus, application: string, limitMs: number): Promise<void> {
  const collection = await defaultCollection(bus);
  if (collection === nothing) {
    const properties = { 'org.freedesktop.Secret.Collection.Label': new Variant('s', 'Default keyring') };
    const made = await callBus(bus, root, [service, 'CreateCollection'], ['a{sv}s', [properties, 'default']]);
    await answered(bus, made[1], limitMs);
    return;
  }
  const [, items] = await callBus(bus, root, [service, 'SearchItems'], ['a{ss}', [{ application }]]);
  const locked = [collection, ...(Array.isArray(items) ? (items as string[]) : [])];
  const [, prompt] = await callBus(bus, root, [service, 'Unlock'], ['ao', [locked]]);
  await answered(bus, prompt, limitMs);
}

async function defaultCollection(bus: MessageBus): Promise<string> {
  const [path] = await callBus(bus, root, [service, 'ReadAlias'], ['s', ['default']]);
  return typeof path === 'string' ? path : nothing;
}

async function isLocked(bus: MessageBus, path: string): Promise<boolean> {
  const asked = ['org.freedesktop.Secret.Collection', 'Locked'];
  const get = ['org.freedesktop.DBus.Properties', 'Get'] as const;
  const [variant] = await callBus(bus, { destination, path }, get, ['ss', asked]);
  return (variant as { readonly value?: unknown } | undefined)?.value !== false;
}

/** Shows a question of the store, and waits until it is answered or put away. */
async function answered(bus: MessageBus, path: unknown, limitMs: number): Promise<void> {
  if (typeof path !== 'string' || path === nothing) return;
  const rule = `type='signal',interface='${promptName}',member='Completed',path='${path}'`;
  const daemon = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
  await callBus(bus, daemon, ['org.freedesktop.DBus', 'AddMatch'], ['s', [rule]]);
  const completed = new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, limitMs);
    bus.on('message', (message: Message) => {
      if (message.member !== 'Completed' || message.path !== path) return;
      clearTimeout(limit);
      resolve();
    });
  });
  await callBus(bus, { destination, path }, [promptName, 'Prompt'], ['s', ['']]);
  await completed;
}
