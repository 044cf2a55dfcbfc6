import { app, safeStorage } from 'electron';
import type { KeyStore } from '../../contract/key-store.ts';
import { askKeyStore } from '../keys/ask-key-store.ts';
import { KeyStoreState } from '../keys/key-store-state.ts';
import { storeByDesktop } from '../keys/store-by-desktop.ts';
import type { Paths } from '../paths.ts';

/** The system's key store as Electron uses it. */
export function createKeyStore(
  { node, keyStoreEntry: entry }: Pick<Paths, 'node' | 'keyStoreEntry'>,
  onChange: (state: KeyStore) => void,
): KeyStoreState {
  // Electron 25.1 does not tell which store it chose.
  const chosen = () =>
    safeStorage.getSelectedStorageBackend?.() ??
    storeByDesktop(app.commandLine.getSwitchValue('password-store'), process.env);
  const system = {
    backend: () => (process.platform === 'linux' ? chosen() : null),
    ask: (act: 'look' | 'unlock', backend: string) =>
      askKeyStore(act, { node, entry, backend, application: app.getName(), env: process.env }),
    opens: () => safeStorage.isEncryptionAvailable(),
  };
  return new KeyStoreState(system, onChange);
}
