import { Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next';
import { AppError } from '../../contract/errors.ts';
import { withTimeLimit } from '../time-limit.ts';

const answerLimitMs = 1500;
const bus = { destination: 'org.a11y.Bus', path: '/org/a11y/bus' } as const;
const status = 'org.a11y.Status';

/**
 * Whether applications are told that somebody asks them (`org.a11y.Status`, at-spi2-core). Qt, Chromium and others tell nothing
 * of their texts where nobody does; GTK always tells. Null where there is no such bus.
 */
export async function isAccessibilityOn(open: () => MessageBus = sessionBus): Promise<boolean | null> {
  const answer = await ask(open, 'Get', 'ss', [status, 'IsEnabled']).catch(() => null);
  const value = (answer?.[0] as { readonly value?: unknown } | undefined)?.value;
  return typeof value === 'boolean' ? value : null;
}

/** Applications that run hear of it at once. GNOME's setting of the same name, where there is one, is changed by the bus. */
export async function turnAccessibility(on: boolean, open: () => MessageBus = sessionBus): Promise<void> {
  try {
    await ask(open, 'Set', 'ssv', [status, 'IsEnabled', new Variant('b', on)]);
  } catch (error) {
    throw new AppError('capture/no-permission', `no accessibility bus: ${String(error)}`);
  }
}

async function ask(
  open: () => MessageBus,
  member: string,
  signature: string,
  body: readonly unknown[],
): Promise<readonly unknown[]> {
  const session = open();
  (session as NodeJS.EventEmitter).on('error', () => {});
  try {
    const interfaceName = 'org.freedesktop.DBus.Properties';
    const message = new Message({ ...bus, interface: interfaceName, member, signature, body: [...body] });
    return (await withTimeLimit(session.call(message), answerLimitMs))?.body ?? [];
  } finally {
    session.disconnect();
  }
}
