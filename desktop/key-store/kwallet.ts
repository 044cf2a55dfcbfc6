import type { MessageBus } from '@jellybrick/dbus-next';
import { callBus } from './session-bus.ts';

/** The name of KWallet's daemon and of its object, by what Electron calls the store. */
const daemons: Readonly<Record<string, string>> = { kwallet: 'kwalletd', kwallet5: 'kwalletd5', kwallet6: 'kwalletd6' };
const name = 'org.kde.KWallet';

/** Whether KWallet's wallet is open, so that it asks for no password. Throws where there is none. */
export async function isKWalletOpen(bus: MessageBus, backend: string): Promise<boolean> {
  const wallet = walletOf(backend);
  const [enabled] = await callBus(bus, wallet, [name, 'isEnabled']);
  if (enabled !== true) return false;
  const [isOpen] = await callBus(bus, wallet, [name, 'isOpen'], ['s', [await networkWallet(bus, backend)]]);
  return isOpen === true;
}

/** Has KWallet ask the person to open its wallet; resolves once they did or did not. */
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
