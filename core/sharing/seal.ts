import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { AtomFile } from '../../contract/atom.ts';
import type { Shared } from '../../contract/atom-shared.ts';
import { AppError } from '../../contract/errors.ts';
import { canonicalJson, contentHash } from './canonical.ts';

/** What is signed begins with this, so that no signature made for anything else counts here. */
const purpose = 'beckon atom 1\n';

/** A key to sign with, and the name that goes with it. */
export interface Signer {
  readonly name: string;
  /** The public key in base64url. */
  readonly key: string;
  readonly privateKey: KeyObject;
}

/** The key's fingerprint: 8 groups of 4 hexadecimal digits, the first half of its SHA-256. */
export function fingerprintOf(key: string): string {
  const digits = createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex').slice(0, 32);
  return digits.match(/.{4}/g)?.join(' ') ?? '';
}

function signedBytes(file: object, shared: Omit<Shared, 'signature'>): Buffer {
  return Buffer.from(purpose + canonicalJson({ ...file, shared }));
}

/** A file as it is given away: what it does, by whom, what it was made from, and the signature over all of that. */
export function seal(file: AtomFile, { name, key, privateKey }: Signer): AtomFile {
  const from = originsOf(file, key);
  const told = { by: { name, key }, hash: contentHash(file), ...(from.length === 0 ? {} : { from }) };
  const signature = sign(null, signedBytes(file, told), privateKey).toString('base64url');
  return { ...file, shared: { ...told, signature } } as AtomFile;
}

/** What somebody else made stays told, the latest first. */
function originsOf({ shared }: AtomFile, key: string): NonNullable<Shared['from']> {
  if (shared === undefined) return [];
  const { by, hash, from = [] } = shared;
  return by.key === key ? from : [{ ...by, hash }, ...from].slice(0, 10);
}

/** Whether a file is what its author signed; throws `atom/changed` where it is not the same any more, `atom/forged` else. */
export function requireSealed(file: AtomFile, name: string): void {
  const { shared } = file;
  if (shared === undefined) return;
  const values = { file: name, author: shared.by.name };
  if (contentHash(file) !== shared.hash) throw new AppError('atom/changed', `${name} was changed`, { values });
  if (!isSigned(file, shared)) throw new AppError('atom/forged', `${name}: not signed by that key`, { values });
}

export function isSealed(file: AtomFile): boolean {
  return file.shared !== undefined && contentHash(file) === file.shared.hash && isSigned(file, file.shared);
}

function isSigned(file: AtomFile, { signature, ...told }: Shared): boolean {
  return isSignedBy(told.by.key, signedBytes(file, told), signature);
}

/** Whether a signature is one of that key over exactly these bytes. */
export function isSignedBy(key: string, signed: Uint8Array, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // One signature has one spelling.
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return false;
  try {
    return verify(null, signed, publicKeyOf(key), bytes);
  } catch {
    return false;
  }
}

/** Throws for what is no key. */
function publicKeyOf(key: string): KeyObject {
  if (Buffer.from(key, 'base64url').toString('base64url') !== key) throw new Error('another spelling of a key');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
}
