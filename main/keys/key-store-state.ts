import type { KeyStore } from '../../contract/key-store.ts';
import type { StoreAnswer } from './ask-key-store.ts';

export interface SystemKeyStore {
  /** What Electron calls the store on Linux; null on other systems, whose stores ask nothing. */
  readonly backend: () => string | null;
  /** Asks that store without waiting for it. */
  readonly ask: (act: 'look' | 'unlock', backend: string) => Promise<StoreAnswer>;
  /** Whether Electron can wrap keys: it waits for the store, and for the person whom the store asks. */
  readonly opens: () => boolean;
}

/** Stores that open when the person does. Others wrap with a password that everybody knows, which is as good as the clear. */
const stores = /^(?:gnome_libsecret|kwallet)/;

/**
 * Whether the system's store takes keys. Electron is asked only where nobody would be asked anything for it: until that is known
 * nothing waits but the key itself. Once a store was open Electron has what it needs of it, for as long as Beckon runs.
 */
export class KeyStoreState {
  readonly #system: SystemKeyStore;
  readonly #onChange: (state: KeyStore) => void;
  #state: KeyStore = 'unknown';
  readonly #asked: Record<'look' | 'unlock', Promise<KeyStore> | null> = { look: null, unlock: null };

  constructor(system: SystemKeyStore, onChange: (state: KeyStore) => void) {
    this.#system = system;
    this.#onChange = onChange;
  }

  /** What it is now: a store that was locked may have been opened since it was looked at. Never rejects. */
  look(): Promise<KeyStore> {
    return this.#state === 'available' ? Promise.resolve('available') : this.#once('look');
  }

  /** Has a locked store ask the person to open it; resolves with what came of it. */
  async unlock(): Promise<KeyStore> {
    const state = await this.look();
    return state === 'available' ? state : this.#once('unlock');
  }

  /** Who comes while the same is asked waits for its answer. A look waits for no person who is asked to unlock it. */
  #once(act: 'look' | 'unlock'): Promise<KeyStore> {
    const asked =
      this.#asked[act] ??
      this.#ask(act).finally(() => {
        this.#asked[act] = null;
      });
    this.#asked[act] = asked;
    return asked;
  }

  async #ask(act: 'look' | 'unlock'): Promise<KeyStore> {
    const state = await this.#find(act);
    if (state !== this.#state) {
      this.#state = state;
      this.#onChange(state);
    }
    return state;
  }

  async #find(act: 'look' | 'unlock'): Promise<KeyStore> {
    const backend = this.#system.backend();
    if (backend === null) return this.#system.opens() ? 'available' : 'unavailable';
    if (!stores.test(backend)) return 'unavailable';
    const answer = await this.#system.ask(act, backend);
    if (answer === 'absent') return 'unavailable';
    return answer === 'open' && this.#system.opens() ? 'available' : 'locked';
  }
}
