import { createHash, sign } from 'node:crypto';
import { type Card, type CardClaims, type CardWords, cardSchema } from '../../../contract/card.ts';
import { AppError } from '../../../contract/errors.ts';
import { canonicalJson, contentHash } from '../canonical.ts';
import { isSignedBy, type Signer } from '../seal.ts';

/** What is signed begins with this, so that no signature made for anything else counts here. */
const purpose = 'beckon card 1\n';

/** SHA-256 of what a picture shows, in hexadecimal digits. */
export function wordsHash(words: CardWords): string {
  return createHash('sha256').update(canonicalJson(words)).digest('hex');
}

export function signCard(claims: CardClaims, { privateKey }: Signer, parts: Pick<Card, 'file' | 'said'>): Card {
  return { ...claims, signature: sign(null, signedBytes(claims), privateKey).toString('base64url'), ...parts };
}

function signedBytes(claims: CardClaims): Buffer {
  return Buffer.from(purpose + canonicalJson(claims));
}

/**
 * A card that was read, once all that can be known of it holds. Throws `card/damaged` and `card/newer`; `card/forged` where its key
 * did not sign this; `card/other-action` and `card/other-words` where what lies in it is not what was signed.
 */
export function requireCard(value: unknown, fileName: string): Card {
  const version = (value as { readonly card?: unknown } | null)?.card;
  if (typeof version === 'number' && version > 1)
    throw new AppError('card/newer', `version ${version}`, { values: { file: fileName, version } });
  const parsed = cardSchema.safeParse(value);
  if (!parsed.success) throw new AppError('card/damaged', parsed.error.message, { values: { file: fileName } });
  const card = parsed.data;
  const { signature, file, said, ...claims } = card;
  const values = { file: fileName, author: card.by.name };
  if (!isSignedBy(card.by.key, signedBytes(claims), signature))
    throw new AppError('card/forged', 'not signed by that key', { values });
  if (file !== null && contentHash(file) !== card.atom?.hash)
    throw new AppError('card/other-action', 'another action lies in it', { values });
  if (said !== null && wordsHash(said) !== card.words)
    throw new AppError('card/other-words', 'other words lie in it', { values });
  return card;
}
