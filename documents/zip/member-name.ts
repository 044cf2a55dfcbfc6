import { decodeText } from '../text/decode.ts';

/** Longest name of a member that is kept, in UTF-16 units. */
const longest = 1000;

/** A member's name as it is written: UTF-8 where that is said or where it is that, else as an old text is told. */
export function memberName(raw: Buffer): string {
  return (decodeText(raw) ?? raw.toString('latin1')).slice(0, longest).toWellFormed();
}

/**
 * The name by which a part of a document is looked up, always with `/`; null for one that would lead out of a folder or that
 * names none: absolute, with a drive, or with `..` in it. Nothing is ever written by it.
 */
export function partName(name: string): string | null {
  const path = name.replaceAll('\\', '/');
  if (path === '' || path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\0')) return null;
  return path.split('/').includes('..') ? null : path;
}
