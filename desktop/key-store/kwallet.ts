import type { MessageBus } from '@jellybrick/dbus-next';
import type { WalletRules } from './kwallet-rules.ts';
import { callBus } from './session-bus.ts';

/** The name of KWallet's daemon and of its object, by what Electron calls the store. */
const daemons: Readonly<Record<string, string>> = { kwallet: 'kwalletd', kwallet5: 'kwalletd5', kwallet6: 'kwalletd6' };
const name = 'org.kde.KWallet';

/**
 * Whether KWallet's wallet is open to an application without anybody being asked: neither for a password nor, where the person has
 * it so, for leave. Throws where there is none.
 */
export async function isKWalletOpen(
  bus: MessageBus,
  backend: string,
  application: string,
  rules: WalletRules,
): Promise<boolean> {
  const wallet = walletOf(backend);
  const [enabled] = await callBus(bus, wallet, [name, 'isEnabled']);
  if (enabled !== true) return false;
  const opened = await networkWallet(bus, backend);
  const [isOpen] = await callBus(bus, wallet, [name, 'isOpen'], ['s', [opened]]);
  if (isOpen !== true) return false;
  if (!rules.asksEach || rules.allowed(opened).includes(application)) return true;
  // Who was let in once is let in until the wallet is closed.
  const [users] = await callBus(bus, wallet, [name, 'users'], ['s', [opened]]);
  return Array.isArray(users) && users.includes(application);
}

/** Has KWallet ask the person to open its wallet, or to let the application in; resolves once they did or did not. */
export async function openKWallet(
  bus: MessageBus,
  backend: string,
  application: string,
  limitMs: number,
): Promise<void> {
  const wanted = [await networkWallet(bus, backend), 0n, application];
  await callBus(bus, walletOf(backend), [name, 'open'], ['sxs', wanted], limitMs);
}

function walletOf(backend: string) {
  const daemon = daemons[backend] ?? 'kwalletd5';
  return { destination: `org.kde.${daemon}`, path: `/modules/${daemon}` };
}

async function networkWallet(bus: MessageBus, backend: string): Promise<string> {
  const [wallet] = await callBus(bus, walletOf(backend), [name, 'networkWallet']);
  return String(wallet);
}
