import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import * as z from 'zod';

const fileSchema = z.record(z.string(), z.string());

/**
 * Keys of the person's servers: wrapped by the system's key store in a file of their own, or, where there is none, kept in
 * memory until Beckon quits. They are never written in the clear.
 */
export class Secrets {
  readonly #path: string;
  readonly #untilQuit = new Map<string, string>();

  constructor(profile: string) {
    this.#path = join(profile, 'keys.json');
  }

  get keyStore(): 'available' | 'unavailable' {
    // Linux without a keyring wraps with a fixed password, which is as good as the clear.
    const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend?.() : undefined;
    return safeStorage.isEncryptionAvailable() && backend !== 'basic_text' ? 'available' : 'unavailable';
  }

  keep(name: string, secret: string): 'key-store' | 'until-quit' {
    this.forget(name);
    if (this.keyStore === 'unavailable') {
      this.#untilQuit.set(name, secret);
      return 'until-quit';
    }
    this.#write({ ...this.#read(), [name]: safeStorage.encryptString(secret).toString('base64') });
    return 'key-store';
  }

  /** Null when it was never kept, or the key store that wrapped it no longer opens it. */
  read(name: string): string | null {
    const inMemory = this.#untilQuit.get(name);
    if (inMemory !== undefined) return inMemory;
    const stored = this.#read();
    const wrapped = Object.hasOwn(stored, name) ? stored[name] : undefined;
    if (wrapped === undefined) return null;
    try {
      return safeStorage.decryptString(Buffer.from(wrapped, 'base64'));
    } catch {
      return null;
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
