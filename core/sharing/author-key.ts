import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { authorNameLimit } from '../../contract/atom-shared.ts';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import type { Signer } from './seal.ts';

const schema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(authorNameLimit),
  privateKey: z.string().min(1).max(2000),
});
/** A larger one is no file of ours. */
const fileLimitBytes = 10_000;

/** The key that this profile signs with: made at the first export, in a file that its owner alone reads, and never told to anyone. */
export class AuthorKey {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null before the first export. Throws `atom/key-unreadable` for a file that is there and is none. */
  read(): Signer | null {
    const text = this.#text();
    if (text === null) return null;
    try {
      const { name, privateKey } = schema.parse(JSON.parse(text));
      return signerOf(name, createPrivateKey(privateKey));
    } catch (error) {
      throw new AppError('atom/key-unreadable', 'the key cannot be read', { values: { file: this.#path } }, error);
    }
  }

  /**
   * The key with that name, or with the one it had; made where there is none. Throws `atom/author-wanted` without any name,
   * `atom/author-name`, `atom/key-unreadable` and `disk/…`.
   */
  use(name: string | null): Signer {
    const known = this.read();
    const wanted = name === null ? known?.name : nameFrom(name);
    if (wanted === undefined) throw new AppError('atom/author-wanted', 'no name was chosen');
    if (known !== null && known.name === wanted) return known;
    const privateKey = known?.privateKey ?? generateKeyPairSync('ed25519').privateKey;
    this.#write(wanted, privateKey);
    return signerOf(wanted, privateKey);
  }

  #text(): string | null {
    let file: number;
    try {
      file = openSync(this.#path, 'r');
    } catch {
      return null;
    }
    try {
      const { size } = fstatSync(file);
      return size > fileLimitBytes ? '' : readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  }

  /** Whole or not at all: a key that is lost cannot be had again. */
  #write(name: string, privateKey: KeyObject): void {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const draft = `${this.#path}.new`;
    try {
      rmSync(draft, { force: true });
      writeFileSync(draft, `${JSON.stringify({ version: 1, name, privateKey: pem }, null, 2)}\n`, {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      });
      renameSync(draft, this.#path);
    } catch (error) {
      throw withDiskFull(error);
    }
  }
}

function signerOf(name: string, privateKey: KeyObject): Signer {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined || privateKey.asymmetricKeyType !== 'ed25519') throw new Error('not such a key');
  return { name, key: x, privateKey };
}

/** In one line, without what is not seen. Throws `atom/author-name`. */
function nameFrom(typed: string): string {
  const name = typed.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (name === '' || name.length > authorNameLimit || /[\p{C}]/u.test(name))
    throw new AppError('atom/author-name', 'not a name', { values: { most: authorNameLimit } });
  return name;
}
