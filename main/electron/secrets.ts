import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import * as z from 'zod';
import type { ReadSecret } from '../../contract/key-store.ts';
import type { KeyStoreState } from '../keys/key-store-state.ts';

/** Another password sometimes opens what it did not wrap, to something else: what was wrapped begins with this. */
const mark = 'beckon:';
const fileSchema = z.record(z.string(), z.string());

/**
 * Keys of the person's servers: wrapped by the system's key store in a file of their own, or, where there is none, kept in
 * memory until Beckon quits. They are never written in the clear.
 */
export class Secrets {
  readonly #path: string;
  readonly #keyStore: Pick<KeyStoreState, 'look'>;
  readonly #untilQuit = new Map<string, string>();

  constructor(profile: string, keyStore: Pick<KeyStoreState, 'look'>) {
    this.#path = join(profile, 'keys.json');
    this.#keyStore = keyStore;
  }

  async keep(name: string, secret: string): Promise<'key-store' | 'until-quit'> {
    const keyStore = await this.#keyStore.look();
    this.forget(name);
    if (keyStore !== 'available') {
      this.#untilQuit.set(name, secret);
      return 'until-quit';
    }
    this.#write({ ...this.#read(), [name]: safeStorage.encryptString(mark + secret).toString('base64') });
    return 'key-store';
  }

  async read(name: string): Promise<ReadSecret> {
    const inMemory = this.#untilQuit.get(name);
    if (inMemory !== undefined) return { secret: inMemory, lost: null };
    const stored = this.#read();
    const wrapped = Object.hasOwn(stored, name) ? stored[name] : undefined;
    if (wrapped === undefined) return { secret: null, lost: null };
    if ((await this.#keyStore.look()) !== 'available') return { secret: null, lost: 'locked' };
    try {
      const secret = unmarked(safeStorage.decryptString(Buffer.from(wrapped, 'base64')));
      return secret === null ? { secret, lost: 'changed' } : { secret, lost: null };
    } catch {
      return { secret: null, lost: 'changed' };
    }
  }

  forget(name: string): void {
    this.#untilQuit.delete(name);
    const stored = this.#read();
    if (!Object.hasOwn(stored, name)) return;
    const { [name]: _gone, ...others } = stored;
    this.#write(others);
  }

  #read(): Record<string, string> {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return {};
    }
  }

  #write(value: Record<string, string>): void {
    const draft = `${this.#path}.new`;
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
    renameSync(draft, this.#path);
  }
}

/** What was wrapped; null for what is none. Keys that were wrapped before there was a mark hold letters alone. */
function unmarked(text: string): string | null {
  if (text.startsWith(mark)) return text.slice(mark.length);
  return /^[\x21-\x7e]+$/.test(text) ? text : null;
}
