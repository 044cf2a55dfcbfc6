import { randomBytes } from 'node:crypto';
import type { Host } from '../ports.ts';
import { keyBytes } from './sealed-files.ts';

const secretName = 'clips';

/** The key that kept copies are sealed with, in the system's key store and nowhere else. */
export class ClipKey {
  readonly #host: Pick<Host, 'keepSecret' | 'readSecret' | 'forgetSecret'>;

  constructor(host: Pick<Host, 'keepSecret' | 'readSecret' | 'forgetSecret'>) {
    this.#host = host;
  }

  /** Null when there is none, or the key store does not give it now. */
  async read(): Promise<Buffer | null> {
    const kept = await this.#host.readSecret(secretName);
    const key = Buffer.from(kept ?? '', 'base64');
    return key.length === keyBytes ? key : null;
  }

  /** A new key; null where the system's key store does not take it: one that is kept elsewhere protects nothing. */
  async make(): Promise<Buffer | null> {
    const key = randomBytes(keyBytes);
    if ((await this.#host.keepSecret(secretName, key.toString('base64'))) === 'key-store') return key;
    await this.forget();
    return null;
  }

  forget(): Promise<void> {
    return this.#host.forgetSecret(secretName);
  }
}
