import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { LockedKeysState } from '../../contract/key-store.ts';
import { StateSource } from '../../wire/state-source.ts';
import { InTurn } from '../in-turn.ts';
import { readPlainText } from '../plain-files.ts';
import { deriveKey, makeSealed, opens, type SealedKeys, seal, sealedKeysSchema, unseal } from './sealed-keys.ts';

const leastLetters = 10;

/**
 * Keys under a passphrase of the person, for systems without a key store: sealed in a file of their own, open from when the
 * passphrase is given until Beckon quits. Neither it nor what it opens is ever written.
 */
export class LockedKeys {
  readonly state: StateSource<LockedKeysState>;
  readonly #path: string;
  readonly #turns = new InTurn<void>();
  #key: Buffer | null = null;
  /** What was thrown away, as sealed as it was on the disk, for as long as that can be taken back. */
  #thrown: string | null = null;
  #attempts = 0;

  constructor(profile: string) {
    this.#path = join(profile, 'locked-keys.json');
    this.state = new StateSource<LockedKeysState>({ status: existsSync(this.#path) ? 'locked' : 'none' });
  }

  get isOpen(): boolean {
    return this.#key !== null;
  }

  /** Begins a file under a new passphrase. Throws `key-store/passphrase-short`, and `key-store/passphrase-set` where there is one. */
  make(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      if (existsSync(this.#path)) throw new AppError('key-store/passphrase-set', 'there is a passphrase');
      if ([...passphrase.normalize('NFKC')].length < leastLetters)
        throw new AppError('key-store/passphrase-short', 'too few letters', { values: { count: leastLetters } });
      const { file, key } = await makeSealed(passphrase);
      this.#write(JSON.stringify(file));
      this.#thrown = null;
      this.#become(key);
    });
  }

  /** Opens the keys until Beckon quits. Throws `key-store/wrong-passphrase`, and `key-store/damaged` for what is no such file. */
  open(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      const file = this.#read();
      const key = await deriveKey(passphrase, file.scrypt);
      if (!opens(key, file)) throw new AppError('key-store/wrong-passphrase', 'it does not open the keys');
      this.#become(key);
    });
  }

  /** Keeps a key; only while they are open. */
  keep(name: string, secret: string): void {
    if (this.#key === null)
      throw new AppError('key-store/unavailable', 'locked', { values: { context: 'passphrase' } });
    const file = this.#read();
    this.#write(JSON.stringify({ ...file, keys: { ...file.keys, [name]: seal(this.#key, name, secret) } }));
  }

  /** Null for a name that has none here. Throws `key-store/unavailable` while they are locked, or where one does not open. */
  read(name: string): string | null {
    if (!existsSync(this.#path)) return null;
    const { keys } = this.#read();
    const sealed = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (sealed === undefined) return null;
    const secret = this.#key === null ? null : unseal(this.#key, name, sealed);
    if (secret !== null) return secret;
    const context = this.#key === null ? 'passphrase' : 'changed';
    throw new AppError('key-store/unavailable', `the keys are ${context}`, { values: { context } });
  }

  /** Also while they are locked: what is gone needs no passphrase. */
  forget(name: string): void {
    if (!existsSync(this.#path)) return;
    const file = this.#read();
    if (!Object.hasOwn(file.keys, name)) return;
    const { [name]: _gone, ...keys } = file.keys;
    this.#write(JSON.stringify({ ...file, keys }));
  }

  /**
   * Throws away the passphrase and all keys under it, for who has forgotten it. Until Beckon quits or another one is made it can
   * be taken back: what is sealed stays in memory, and nothing of it on the disk.
   */
  forgetAll(): Promise<void> {
    return this.#inTurn(async () => {
      this.#thrown = this.#textOf();
      rmSync(this.#path, { force: true });
      this.dispose();
      this.state.update({ status: 'none' });
    });
  }

  /** Takes that back: the keys are locked then. Throws `key-store/passphrase-set` where there is another one meanwhile. */
  takeBack(): Promise<void> {
    return this.#inTurn(async () => {
      if (existsSync(this.#path)) throw new AppError('key-store/passphrase-set', 'there is a passphrase');
      if (this.#thrown === null) return;
      this.#write(this.#thrown);
      this.#thrown = null;
      this.state.update({ status: 'locked' });
    });
  }

  dispose(): void {
    this.#key?.fill(0);
    this.#key = null;
  }

  /** Each try takes its half second, one after the other: many at once would be as many guesses. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#attempts += 1;
    return this.#turns.do(String(this.#attempts), work);
  }

  #become(key: Buffer): void {
    this.dispose();
    this.#key = key;
    this.state.update({ status: 'open' });
  }

  #read(): SealedKeys {
    try {
      return sealedKeysSchema.parse(JSON.parse(readPlainText(this.#path)));
    } catch (error) {
      throw new AppError('key-store/damaged', String(error).slice(0, 300), {}, error);
    }
  }

  /** What the file holds, also where it is none of ours; null where it cannot be read. */
  #textOf(): string | null {
    try {
      return readPlainText(this.#path);
    } catch {
      return null;
    }
  }

  #write(text: string): void {
    const draft = `${this.#path}.new`;
    try {
      writeFileSync(draft, text, { mode: 0o600, flush: true });
      renameSync(draft, this.#path);
    } catch (error) {
      throw new AppError('settings/not-saved', String(error), { action: 'free-space' }, error);
    }
  }
}
