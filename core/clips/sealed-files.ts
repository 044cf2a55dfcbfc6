import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const ending = '.sealed';
const name = /^([0-9a-f]{32}\.(?:about|content))\.sealed$/;

/** The two files of each thing that is kept: what is listed of it, and all of it. */
export type SealedPart = 'about' | 'content';

/**
 * Files that nobody reads without the key: AES-256-GCM, a nonce of its own for each, bound to its name so that none can stand
 * in for another. What they are called tells nothing; their number, size and time are seen.
 */
export class SealedFiles {
  readonly #folder: string;
  readonly #key: Buffer;

  constructor(folder: string, key: Buffer) {
    this.#folder = folder;
    this.#key = key;
  }

  write(id: string, part: SealedPart, content: Buffer): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(bound(id, part));
    const sealed = Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    const path = join(this.#folder, `${id}.${part}${ending}`);
    writeFileSync(`${path}.new`, sealed, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  /** Null when it is not there, or was not sealed with this key. */
  read(id: string, part: SealedPart): Buffer | null {
    try {
      const sealed = readFileSync(join(this.#folder, `${id}.${part}${ending}`));
      const nonce = sealed.subarray(0, nonceBytes);
      const opener = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: tagBytes });
      opener.setAAD(bound(id, part)).setAuthTag(sealed.subarray(-tagBytes));
      return Buffer.concat([opener.update(sealed.subarray(nonceBytes, -tagBytes)), opener.final()]);
    } catch {
      return null;
    }
  }

  remove(id: string): void {
    for (const part of ['about', 'content']) rmSync(join(this.#folder, `${id}.${part}${ending}`), { force: true });
  }
}

function bound(id: string, part: SealedPart): Buffer {
  return Buffer.from(`beckon-clip-1 ${id} ${part}`);
}

/** Ids of what a folder keeps, whoever has the key. */
export function sealedIds(folder: string): readonly string[] {
  const found = namesIn(folder).flatMap((file) => name.exec(file)?.[1]?.split('.')[0] ?? []);
  return [...new Set(found)];
}

/** Removes what was sealed before a time, in milliseconds since 1970; without one all of it. Nobody needs the key for that. */
export function removeSealed(folder: string, before = Number.POSITIVE_INFINITY): void {
  for (const file of namesIn(folder)) {
    const path = join(folder, file);
    const isOurs = file.endsWith(ending) || file.endsWith(`${ending}.new`);
    if (isOurs && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < before) rmSync(path, { force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
