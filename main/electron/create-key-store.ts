import { app, safeStorage } from 'electron';
import type { KeyStore } from '../../contract/key-store.ts';
import { askKeyStore } from '../keys/ask-key-store.ts';
import { KeyStoreState } from '../keys/key-store-state.ts';
import type { Paths } from '../paths.ts';

/** The system's key store as Electron uses it. */
export function createKeyStore(
  { node, keyStoreEntry: entry }: Pick<Paths, 'node' | 'keyStoreEntry'>,
  onChange: (state: KeyStore) => void,
): KeyStoreState {
  const system = {
    // Another answer than a store's name, such as `unknown`, is one without a store.
    backend: () => (process.platform === 'linux' ? (safeStorage.getSelectedStorageBackend?.() ?? 'unknown') : null),
    ask: (act: 'look' | 'unlock', backend: string) =>
      askKeyStore(act, { node, entry, backend, application: app.getName(), env: process.env }),
    opens: () => safeStorage.isEncryptionAvailable(),
  };
  return new KeyStoreState(system, onChange);
}
