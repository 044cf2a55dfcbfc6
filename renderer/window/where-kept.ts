import type { LockedKeysState } from '../../contract/key-store.ts';
import type { ShellState } from '../../contract/shell.ts';

type Kept = 'keyStored' | 'keyUnderPassphrase' | 'keyLocked' | 'keyUntilQuit';

/** The words for what becomes of a key that is entered now. */
export function whereKept(
  keyStore: ShellState['keyStore'] | undefined,
  passphrase: LockedKeysState['status'] | undefined,
): Kept {
  if (keyStore === 'available') return 'keyStored';
  if (passphrase === 'open') return 'keyUnderPassphrase';
  return keyStore === 'locked' ? 'keyLocked' : 'keyUntilQuit';
}
