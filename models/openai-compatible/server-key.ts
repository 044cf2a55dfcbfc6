import { AppError } from '../../contract/errors.ts';
import { withoutQuotes, withoutUnseen } from './mend-typed.ts';

/** What stands before a key where it is copied from: a header's name, its scheme, the variable of a shell. */
const before =
  /^(?:(?:export\s+|set\s+|\$env:)?[A-Z][A-Z0-9_]*(?:KEY|TOKEN)\s*=\s*|(?:authorization|x-api-key|api-key)\s*:\s*|bearer(?:\s+|$))/i;

/**
 * A key as it can be sent, without what was pasted along with it; null for none. Throws `server/key-unusable` where a
 * character remains that no header holds: it was shortened or hidden where it was copied, or typed in full width.
 */
export function cleanKey(typed: string | null): string | null {
  if (typed === null) return null;
  // A line end within is where it was wrapped; a space may be part of it.
  let key = withoutUnseen(typed.trim().replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ''));
  for (let whole = ''; whole !== key; ) {
    whole = key;
    key = withoutQuotes(key).replace(before, '');
  }
  const characters = Array.from(key);
  const at = characters.findIndex((character) => !/^[\x20-\x7E]$/.test(character));
  if (at === -1) return key === '' ? null : key;
  throw new AppError('server/key-unusable', `the key holds U+${hex(characters[at])} at ${at + 1}`, {
    values: { character: characters[at] ?? '', position: at + 1 },
  });
}

function hex(character: string | undefined): string {
  return (character?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
