import { createHmac, randomBytes } from 'node:crypto';
import { findSecrets } from '../../text/secrets/find-secrets.ts';
import type { SecretKind } from '../../text/secrets/kinds.ts';
import type { PlaceHidden } from './redaction.ts';

/** Words that a model understands a stand-in by. */
const words: Readonly<Record<SecretKind, string>> = {
  key: 'KEY',
  'private-key': 'KEY',
  password: 'PASSWORD',
  email: 'EMAIL',
  phone: 'PHONE',
  card: 'CARD',
  'resident-id': 'ID',
  passport: 'PASSPORT',
  permit: 'PERMIT',
  'credit-code': 'CODE',
  iban: 'IBAN',
  account: 'ACCOUNT',
  ssn: 'SSN',
  plate: 'PLATE',
  wallet: 'WALLET',
  name: 'NAME',
};

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
      hidden += `${text.slice(at, start)}[${words[kind]}-${this.#codeOf(text.slice(start, end))}]`;
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

const opens = '[\\[【［〔〖]';
const closes = '[\\]】］〕〗]';
const joins = '[-_:：‐‑–—－ ]';
const code = `[B-Zb-z][2-9][2-9B-Zb-z]{${codeLength - 2}}`;

/** A pseudonym as models write it back: translated, in other brackets or none, in small letters, with another hyphen. */
const written = new RegExp(
  `${opens}\\s{0,2}(?:[\\p{L} ]{1,20}?${joins}{0,3})?(?<bracketed>${code})\\s{0,2}${closes}` +
    `|(?:\\b(?:${[...new Set(Object.values(words))].join('|')})${joins}{1,2})?(?<![\\w-])(?<worded>${code})(?![A-Za-z0-9])` +
    `|\\b(?:${[...new Set(Object.values(words))].join('|')})[-_‐‑–—－](?<joined>${code})(?![A-Za-z0-9])`,
  'giu',
);

/** The text with the secrets in the place of their pseudonyms. What is none of ours stays as it is. */
export function restoreText(text: string, pseudonyms: Pick<Pseudonyms, 'secretOf' | 'size'>): string {
  if (pseudonyms.size === 0) return text;
  return text.replace(written, (match: string, ...rest: readonly unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    return pseudonyms.secretOf(groups['bracketed'] ?? groups['worded'] ?? groups['joined'] ?? '') ?? match;
  });
}

/** What may be the beginning of a pseudonym at the end of a piece. */
const mayGoOn = new RegExp(`(?:${opens}[^\\n\\]】］〕〗]{0,34}|[A-Za-z0-9_‐‑–—－-]{1,20}${joins}?)$`, 'u');

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
    const waits = this.#pseudonyms.size === 0 ? 0 : (mayGoOn.exec(text.slice(-60))?.[0].length ?? 0);
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
