import type { LockedKeysState } from '../../contract/key-store.ts';
import type { ServerSetting } from '../../contract/settings.ts';
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

/** The words for where a key is: one whose passphrase was thrown away is nowhere. */
export function keptWord(
  keyKept: ServerSetting['keyKept'],
  passphrase: LockedKeysState['status'] | undefined,
): ServerSetting['keyKept'] | 'thrown' {
  return keyKept === 'passphrase' && passphrase === 'none' ? 'thrown' : keyKept;
}
