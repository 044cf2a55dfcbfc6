import { findAddressPasswords, findEmails, findPrivateKeys, type Place } from './anchored.ts';
import { isCard, isCreditCode, isIban, isResidentId } from './checksums.ts';
import { providerKey } from './provider-keys.ts';

export type SecretKind =
  | ('key' | 'private-key' | 'password' | 'email' | 'phone' | 'card' | 'resident-id' | 'passport' | 'permit')
  | ('credit-code' | 'iban' | 'name');

/** Something in a text that should not leave this machine as it is: [start, end) in UTF-16 units. */
export interface Secret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}

interface Rule {
  readonly kind: SecretKind;
  /** With the flag `g`; its group `secret` counts, or all of it. Each takes time that grows with the text alone. */
  readonly pattern: RegExp;
  readonly holds?: (found: string) => boolean;
}

const digitsOf = (text: string) => text.replace(/\D/g, '');
const isNoDigit = '(?<![\\w.,/-])';

/** Rules in the order in which they win where two find the same place. */
const rules: readonly Rule[] = [
  { kind: 'key', pattern: providerKey },
  // A token that says what it is itself: its head and body are JSON.
  { kind: 'key', pattern: /(?<![\w-])eyJ[\w-]{10,4000}\.eyJ[\w-]{10,8000}\.[\w-]{10,2000}/g },
  // Those of bots in Telegram.
  { kind: 'key', pattern: /(?<![\w:])\d{8,10}:AA[\w-]{32,34}(?![\w-])/g },
  {
    kind: 'key',
    pattern:
      /\b(?:authorization|proxy-authorization)["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s{1,3}(?<secret>[\w.~+/=-]{12,2000})/gi,
  },
  {
    kind: 'password',
    pattern:
      /(?<![A-Za-z])(?:(?:api[_-]?key|secret|secret[_-]?(?:access[_-]?)?key|access[_-]?(?:key|token)|auth[_-]?token|private[_-]?key|client[_-]?secret|passw(?:or)?d|passphrase|token)|密码|口令|密钥)["']?\s{0,3}(?:[:=：]|=>|是)\s{0,3}(?<quote>["'`]?)(?<secret>[^\s"'`,;，；。<>{}()[\]]{6,300})/gi,
    holds: isSecretValue,
  },
  { kind: 'iban', pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,9}(?![A-Za-z0-9])/g, holds: isIban },
  { kind: 'resident-id', pattern: /(?<![A-Za-z0-9])[1-9]\d{16}[\dXx](?![A-Za-z0-9])/g, holds: isResidentId },
  {
    kind: 'credit-code',
    pattern: /(?<![A-Za-z0-9])[1-9A-Y][1-9A-Y]\d{6}[0-9A-Y]{10}(?![A-Za-z0-9])/g,
    holds: isCreditCode,
  },
  {
    kind: 'card',
    pattern: new RegExp(`${isNoDigit}\\d(?:[ -]?\\d){12,18}(?![\\w/])`, 'g'),
    holds: (found) => isGrouped(found) && isCard(digitsOf(found)),
  },
  {
    kind: 'phone',
    pattern: new RegExp(`${isNoDigit}(?:\\+?86[ -]?)?1[3-9]\\d(?:[ -]?\\d{4}){2}(?![\\d.]\\d|\\d|-\\d)`, 'g'),
  },
  {
    kind: 'phone',
    pattern: /(?<![\w+.])\+\d{1,3}(?:[ .-]?\(0?\d{1,5}\))?(?:[ .-]?\d{1,5}){2,6}(?!\w)/g,
    holds: (found) => digitsOf(found).length >= 9 && digitsOf(found).length <= 15,
  },
  { kind: 'phone', pattern: /(?<![\w.-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}(?![\w-])/g },
  { kind: 'phone', pattern: /(?<![\w-])0\d{2,3}-[2-8]\d{6,7}(?![\w-])/g },
  {
    kind: 'passport',
    pattern:
      /(?:passport|护照)[^\n\dA-Z]{0,24}(?:[Nn]o\.?|号码?)?[^\n\dA-Z]{0,8}(?<secret>(?:[DEGKMPS][A-Z]?\d{7,8}|[A-Z]{1,2}\d{6,8}|\d{9}))(?![A-Za-z0-9])/gi,
  },
  {
    kind: 'passport',
    pattern: /(?<![A-Za-z0-9])[EGDSP][A-HJ-NP-Z]?\d{8}(?![A-Za-z0-9])/g,
    holds: (found) => found.length === 9,
  },
  {
    kind: 'permit',
    pattern:
      /(?:回乡证|来往内地通行证|台胞证|来往大陆通行证|home return permit|mainland travel permit)[^\n\dA-Z]{0,24}(?<secret>[HM]?\d{8,10})(?![A-Za-z0-9])/gi,
  },
  { kind: 'permit', pattern: /(?<![A-Za-z0-9])[HM]\d{8}(?:\d{2})?(?![A-Za-z0-9])/g },
];

const anchored: readonly (readonly [SecretKind, (text: string) => Iterable<Place>])[] = [
  ['private-key', findPrivateKeys],
  ['password', findAddressPasswords],
  ['email', findEmails],
];

/** All secrets of a text, in its order, none within another; `names` are a person's own. */
export function findSecrets(text: string, names: readonly string[] = []): readonly Secret[] {
  const found: Secret[] = [];
  for (const [kind, find] of anchored) for (const place of find(text)) found.push({ kind, ...place });
  for (const rule of rules) for (const secret of findBy(rule, text)) found.push(secret);
  for (const name of names) found.push(...findName(text, name));
  return withoutOverlaps(found);
}

function* findBy({ kind, pattern, holds }: Rule, text: string): Generator<Secret> {
  for (const match of text.matchAll(pattern)) {
    const secret = match.groups?.['secret'] ?? match[0];
    if (holds?.(secret) === false) continue;
    const start = match.index + (secret === match[0] ? 0 : match[0].lastIndexOf(secret));
    yield { kind, start, end: start + secret.length };
  }
}

/** A name within a longer word is not that name; Chinese has no spaces to tell by. */
function* findName(text: string, name: string): Generator<Secret> {
  const wanted = name.trim();
  if (wanted.length < 2) return;
  const isLetter = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
  const lower = text.toLowerCase();
  const searched = lower.length === text.length ? lower : text;
  const needle = searched === lower ? wanted.toLowerCase() : wanted;
  for (let at = searched.indexOf(needle); at >= 0; at = searched.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    const isWithin = (inside: string, outside: string) => isLetter.test(inside) && isLetter.test(outside);
    if (isWithin(needle[0] ?? '', text[at - 1] ?? '') || isWithin(needle.at(-1) ?? '', text[end] ?? '')) continue;
    yield { kind: 'name', start: at, end };
  }
}

/** What begins first goes before what begins later, and of two that begin together the rule that stands first. */
function withoutOverlaps(found: readonly Secret[]): readonly Secret[] {
  const kept: Secret[] = [];
  for (const secret of found.toSorted((one, other) => one.start - other.start))
    if (secret.start >= (kept.at(-1)?.end ?? 0)) kept.push(secret);
  return kept;
}

/** Not a word, a variable or a stand-in: something of letters with digits or signs, or of mixed case in no order. */
function isSecretValue(value: string): boolean {
  if (
    /^(?:\$|%|<|\{|\*+$|x{4,}$|\.{3}|process\.|os\.|env\.|your|example|null|undefined|true|false|none|string|required)/i.test(
      value,
    )
  )
    return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  if (/^[A-Za-z_.]+\(?$/.test(value) && kinds < 3) return false;
  return kinds >= 2 && /\d|[^A-Za-z0-9_.:/-]/.test(value);
}

/** Digits in a row, or in groups as cards have them: figures between spaces are no card. */
function isGrouped(found: string): boolean {
  return (
    /^\d+$/.test(found) || /^\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}$/.test(found) || /^\d{4}([ -])\d{6}\1\d{4,5}$/.test(found)
  );
}
