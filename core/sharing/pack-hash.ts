import { createHash } from 'node:crypto';
import type { Imported } from '../../contract/sharing.ts';

/** Fewest digits of a hash that name a folder: who offers it must not be able to find another one with the same. */
const leastDigits = 32;

/**
 * One hash of all actions of a folder, what they do and who signed them, whatever their files are called. Null where some file of it
 * could not be read: what is not known cannot be named.
 */
export function packHash({ reviews, refused, cards }: Imported): string | null {
  if (reviews.length === 0 || refused.length + cards.length > 0) return null;
  const lines = reviews.map(({ atom, seal }) => {
    const by = seal.state === 'signed' ? seal.by.fingerprint : seal.state;
    return JSON.stringify([atom.id, atom.hash, by]);
  });
  return createHash('sha256')
    .update(`beckon pack 1\n${lines.sort().join('\n')}\n`)
    .digest('hex');
}

/** Whether a hash that somebody was told of names that folder. */
export function isPinned(pack: string | null, pin: string): boolean {
  return pack !== null && pin.length >= leastDigits && pack.startsWith(pin.toLowerCase());
}
