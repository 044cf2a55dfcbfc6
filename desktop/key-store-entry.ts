import process from 'node:process';
import { closeInherited } from '../process/inherited-files.ts';
import { isKWalletOpen, openKWallet } from './key-store/kwallet.ts';
import { readWalletRules } from './key-store/kwallet-rules.ts';
import { isSecretServiceOpen, openSecretService } from './key-store/secret-service.ts';
import { isNobodyThere, lossOf, openSessionBus } from './key-store/session-bus.ts';

// Tells in one word (`open`, `locked` or `absent`) whether the key store of Linux would ask the person anything; with `unlock` it
// has the store ask first. What Electron has for keys waits for such a question, and the whole of main with it.
closeInherited();
const [backend = '', application = '', act = 'look'] = process.argv.slice(2);
const isKWallet = backend.startsWith('kwallet');
/** As long as a person may take to find a password. */
const personLimitMs = 5 * 60_000;

async function tell(): Promise<'open' | 'locked' | 'absent'> {
  const bus = openSessionBus(process.env);
  const unlockAndLook = async () => {
    if (act === 'unlock' && isKWallet) await openKWallet(bus, backend, application, personLimitMs);
    else if (act === 'unlock') await openSecretService(bus, application, personLimitMs);
    return isKWallet
      ? isKWalletOpen(bus, backend, application, readWalletRules(process.env))
      : isSecretServiceOpen(bus, application);
  };
  try {
    return (await Promise.race([unlockAndLook(), lossOf(bus)])) ? 'open' : 'locked';
  } catch (error) {
    return isNobodyThere(error) ? 'absent' : 'locked';
  } finally {
    bus.disconnect();
  }
}

const word = await tell().catch(() => 'absent');
process.stdout.write(word, () => process.exit(0));
