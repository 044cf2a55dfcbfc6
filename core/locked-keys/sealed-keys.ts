import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import * as z from 'zod';

/** Memory of a derivation is 128 * cost * blockSize bytes: 128 MiB, for about half a second of a core. */
const usual = { cost: 2 ** 17, blockSize: 8, parallel: 1 } as const;
const mostMemory = 2 ** 28;
const [keyBytes, ivBytes, tagBytes, saltBytes] = [32, 12, 16, 16];
/** What is sealed beside the keys, so that a wrong passphrase is told from a damaged file. */
const proof = { name: 'proof', text: 'beckon' } as const;

const base64 = (most: number) => z.base64().max(most);
const sealed = z.strictObject({ iv: base64(24), text: base64(16_000) });

/** The file of keys under a passphrase. What a derivation may cost is bounded: a file that was changed could ask for all memory. */
export const sealedKeysSchema = z.strictObject({
  version: z.literal(1),
  scrypt: z.strictObject({
    salt: base64(64),
    cost: z.union([z.literal(2 ** 15), z.literal(2 ** 16), z.literal(2 ** 17)]),
    blockSize: z.literal(8),
    parallel: z.literal(1),
  }),
  proof: sealed,
  keys: z.record(z.string().min(1).max(200), sealed),
});
export type SealedKeys = z.infer<typeof sealedKeysSchema>;
type Sealed = z.infer<typeof sealed>;

/** The key that a passphrase makes, by scrypt (RFC 7914). However its letters were typed, the same ones make the same key. */
export function deriveKey(
  passphrase: string,
  { salt, cost, blockSize, parallel }: SealedKeys['scrypt'],
): Promise<Buffer> {
  const options = { N: cost, r: blockSize, p: parallel, maxmem: mostMemory };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** A file with no keys yet, and the key that opens it. */
export async function makeSealed(passphrase: string): Promise<{ readonly file: SealedKeys; readonly key: Buffer }> {
  const parameters = { ...usual, salt: randomBytes(saltBytes).toString('base64') };
  const key = await deriveKey(passphrase, parameters);
  return { key, file: { version: 1, scrypt: parameters, proof: seal(key, proof.name, proof.text), keys: {} } };
}

/** Whether a key is that of a file. */
export function opens(key: Buffer, file: SealedKeys): boolean {
  return unseal(key, proof.name, file.proof) === proof.text;
}

/** AES-256-GCM, bound to the name that it stands under: one that is moved to another name does not open. */
export function seal(key: Buffer, name: string, text: string): Sealed {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { iv: iv.toString('base64'), text: body.toString('base64') };
}

/** What was sealed under that name; null where the key is another, or a byte was changed. */
export function unseal(key: Buffer, name: string, { iv, text }: Sealed): string | null {
  const body = Buffer.from(text, 'base64');
  const nonce = Buffer.from(iv, 'base64');
  if (body.length < tagBytes || nonce.length !== ivBytes) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(name)).setAuthTag(body.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
