import type { ShellState } from '../../contract/shell.ts';

/** The words for what becomes of a key that is entered now. */
export function whereKept(keyStore: ShellState['keyStore'] | undefined): 'keyStored' | 'keyLocked' | 'keyUntilQuit' {
  if (keyStore === 'available') return 'keyStored';
  return keyStore === 'locked' ? 'keyLocked' : 'keyUntilQuit';
}
