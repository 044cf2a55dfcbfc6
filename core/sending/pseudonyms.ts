import { createHmac, randomBytes } from 'node:crypto';
import { findSecrets } from '../../text/secrets/find-secrets.ts';
import { foldWidth } from '../../text/secrets/fold-width.ts';
import { standIns } from '../../text/secrets/stand-ins.ts';
import type { PlaceHidden } from './redaction.ts';

/** Letters and digits that are not taken for each other. */
const alphabet = '23456789BCDFGHJKLMNPQRSTVWXZ';
const codeLength = 6;

/**
 * Stands pseudonyms in for what is secret in the texts of one conversation, and puts it back. The same secret has the same
 * pseudonym; which belongs to which is kept in memory alone, and cannot be told from the pseudonym.
 */
export class Pseudonyms {
  readonly #key = randomBytes(32);
  readonly #codes = new Map<string, string>();
  readonly #secrets = new Map<string, string>();
  readonly #names: () => readonly string[];

  /** `names`: those that the person wants to be hidden. */
  constructor(names: () => readonly string[] = () => []) {
    this.#names = names;
  }

  /** How many secrets have a pseudonym. */
  get size(): number {
    return this.#secrets.size;
  }

  /** The text with pseudonyms, and how many places that are. */
  hide(text: string): { readonly text: string; readonly hidden: number } {
    const found = findSecrets(text, this.#names());
    let hidden = '';
    let at = 0;
    for (const { kind, start, end } of found) {
      hidden += `${text.slice(at, start)}[${standIns[kind]}-${this.#codeOf(text.slice(start, end))}]`;
      at = end;
    }
    return { text: hidden + text.slice(at), hidden: found.length };
  }

  /** Where pseudonyms stand in a text that was made by `hide`. */
  placesIn(text: string): readonly PlaceHidden[] {
    return [...text.matchAll(/\[[A-Z]+-([A-Z2-9]+)\]/g)].flatMap(({ 0: pseudonym, 1: code = '', index: start }) => {
      const secret = this.secretOf(code);
      return secret === null ? [] : [{ start, end: start + pseudonym.length, pseudonym, secret }];
    });
  }

  /** The secret of a code in any case; null for what is none of ours. */
  secretOf(code: string): string | null {
    return this.#secrets.get(code.toUpperCase()) ?? null;
  }

  #codeOf(secret: string): string {
    const known = this.#codes.get(secret);
    if (known !== undefined) return known;
    let code = '';
    for (let round = 0; code === '' || this.#secrets.has(code); round += 1) code = this.#make(`${round}:${secret}`);
    this.#codes.set(secret, code);
    this.#secrets.set(code, secret);
    return code;
  }

  /** A letter and a digit are in each, so that no word looks like one. */
  #make(text: string): string {
    const bytes = createHmac('sha256', this.#key).update(text).digest();
    const code = [...bytes.subarray(0, codeLength - 2)].map((byte) => alphabet[byte % alphabet.length]).join('');
    return `${alphabet[8 + ((bytes[30] ?? 0) % 20)]}${alphabet[(bytes[31] ?? 0) % 8]}${code}`;
  }
}

const opens = '(?:\\\\?[\\[【〔〖]|%5B)';
const closes = '(?:\\\\?[\\]】〕〗]|%5D)';
const joins = '[-_: ]';
const code = `[B-Z][2-9][2-9B-Z]{${codeLength - 2}}`;
/** An ending that a language puts behind a name; what is longer is another word. */
const ends = '(?![A-Za-z0-9]{4})';
const word = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]';

/** A pseudonym as models write it back: translated, in other brackets or none, in small letters, with another hyphen. */
const written = new RegExp(
  `${opens}\\s{0,2}(?:[\\p{L} ]{1,20}?${joins}{0,3})?(?<bracketed>${code})\\s{0,2}${closes}` +
    `|(?:\\b(?:${[...new Set(Object.values(standIns))].join('|')})${joins}{1,2})?(?<![\\w-])(?<worded>${code})${ends}` +
    `|(?<!${word})${word}{1,20}[-_](?<joined>${code})${ends}`,
  'giu',
);

/** The text with the secrets in the place of their pseudonyms. What is none of ours stays as it is. */
export function restoreText(text: string, pseudonyms: Pick<Pseudonyms, 'secretOf' | 'size'>): string {
  if (pseudonyms.size === 0) return text;
  let restored = '';
  let at = 0;
  // Signs of full width are found by what they stand for, and stay where they are in what is none of ours.
  for (const { 0: match, index, groups = {} } of foldWidth(text).matchAll(written)) {
    const secret = pseudonyms.secretOf(groups['bracketed'] ?? groups['worded'] ?? groups['joined'] ?? '');
    if (secret === null) continue;
    restored += text.slice(at, index) + secret;
    at = index + match.length;
  }
  return restored + text.slice(at);
}

/** What may be the beginning of a pseudonym at the end of a piece (with signs of full width folded). */
const mayGoOn = new RegExp(
  `(?:\\\\?(?:[\\[【〔〖][^\\n\\]】〕〗]{0,36}\\\\?|%(?:5(?:B[^\\n%]{0,34}(?:%(?:5D?)?)?)?)?)|\\\\|(?<!%|${word}|[0-9_-])(?:${word}|[0-9_-]){1,28}${joins}?)$`,
  'iu',
);

/** Restores a text that comes in pieces: a pseudonym that is cut between two of them waits for its end. */
export class RestoredText {
  readonly #pseudonyms: Pick<Pseudonyms, 'secretOf' | 'size'>;
  #held = '';

  constructor(pseudonyms: Pick<Pseudonyms, 'secretOf' | 'size'>) {
    this.#pseudonyms = pseudonyms;
  }

  /** Answers what is sure by now. */
  push(piece: string): string {
    const text = this.#held + piece;
    const waits = this.#pseudonyms.size === 0 ? 0 : (mayGoOn.exec(foldWidth(text.slice(-60)))?.[0].length ?? 0);
    this.#held = text.slice(text.length - waits);
    return restoreText(text.slice(0, text.length - waits), this.#pseudonyms);
  }

  /** Answers what was held back. */
  end(): string {
    const rest = restoreText(this.#held, this.#pseudonyms);
    this.#held = '';
    return rest;
  }
}
