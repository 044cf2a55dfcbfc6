import { findInAddresses, findPackedKeys } from './addresses.ts';
import { findAddressPasswords, findConnectionPasswords, findEmails, findPrivateKeys, type Place } from './anchored.ts';
import { findCalled, findNames } from './called.ts';
import { isCard, isCreditCode, isResidentId } from './checksums.ts';
import { findCommandPasswords } from './commands.ts';
import { foldWidth } from './fold-width.ts';
import { findIbans } from './ibans.ts';
import { findInText } from './json-in-text.ts';
import type { Secret, SecretKind } from './kinds.ts';
import { findNamed, isNamedCell } from './named-secrets.ts';
import { findNearPasswords, findUserPairs } from './near-passwords.ts';
import { findPairs, providerKey } from './provider-keys.ts';
import { findRandomKeys } from './random-keys.ts';
import { columnsOf, findSecretNames } from './secret-names.ts';
import { findInTables } from './tables.ts';
import { isBase58Address, isBech32Address } from './wallets.ts';

interface Rule {
  readonly kind: SecretKind;
  /** With the flag `g`; its group `secret` counts, or all of it. Each takes time that grows with the text alone. */
  readonly pattern: RegExp;
  readonly holds?: (found: string) => boolean;
}

const digitsOf = (text: string) => text.replace(/\D/g, '');
const compact = (text: string) => text.replace(/[ -]/g, '').toUpperCase();
const isNoDigit = '(?<![\\w./-])';
const has = (least: number, most: number) => (found: string) =>
  digitsOf(found).length >= least && digitsOf(found).length <= most;
/** Provinces as number plates begin. */
const provinces = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬遼魯蘇贛陝閩貴粵雲寧瓊]';

/** Rules in the order in which they win where two find the same place. */
const rules: readonly Rule[] = [
  { kind: 'key', pattern: providerKey },
  // A token that says what it is itself: it begins with JSON, signed in three parts or encrypted in five.
  {
    kind: 'key',
    pattern: /(?<![A-Za-z0-9])e(?:y[AIJN]|w[0ok])[\w-]{10,4000}\.[\w-]{0,8000}\.[\w-]{0,8000}(?:\.[\w-]{1,4000}){0,2}/g,
    holds: (found) => found.length >= 40,
  },
  // How Oracle's programs are told whom to connect: `user/password@//host:port/service`.
  { kind: 'password', pattern: /(?<![\w./-])[\w.-]{1,40}\/(?<secret>[^\s"'`@/]{6,64})@\/\/[\w.-]+[:/]/g },
  // Keys of bots in Telegram.
  { kind: 'key', pattern: /(?:(?<=bot)|(?<!\w))\d{8,10}:AA[\w-]{32,34}(?![\w-])/g },
  {
    kind: 'key',
    pattern:
      /\b(?:authorization|proxy-authorization)["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s{1,3}(?<secret>[\w.~+/=-]{12,2000})/gi,
  },
  { kind: 'wallet', pattern: /(?<!\w)0x[0-9a-fA-F]{40}(?!\w)/g },
  { kind: 'wallet', pattern: /(?<!\w)(?:bc|tb|ltc)1[ac-hj-np-z02-9]{38,62}(?!\w)/gi, holds: isBech32Address },
  { kind: 'wallet', pattern: /(?<![\w+/-])[13LMDT][1-9A-HJ-NP-Za-km-z]{25,34}(?![\w+/])/g, holds: isBase58Address },
  {
    kind: 'resident-id',
    pattern: /(?<![A-Za-z0-9])[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![A-Za-z0-9])/g,
    holds: (found) => isResidentId(compact(found)),
  },
  {
    kind: 'credit-code',
    pattern:
      /(?<![A-Za-z0-9])[1-9A-Y][1-9A-Y](?:\d{6}[0-9A-Y]{10}|\d{2}[ -]\d{4}[ -][0-9A-Y]{4}[ -][0-9A-Y]{4}[ -][0-9A-Y]{2})(?![A-Za-z0-9])/gi,
    holds: (found) => isCreditCode(compact(found)),
  },
  {
    kind: 'card',
    // Four groups before a sum: what follows them is no figure of the card.
    pattern: new RegExp(`${isNoDigit}\\d{4}([ -])\\d{4}(?:\\1\\d{4}){2}(?=[ ]\\d+[.,]\\d)`, 'g'),
    holds: (found) => isIssued(digitsOf(found)) && isCard(digitsOf(found)),
  },
  {
    kind: 'card',
    pattern: new RegExp(`${isNoDigit}\\d(?:[ -]?\\d){12,18}(?=[ ]\\d{1,6}[.,]\\d)`, 'g'),
    holds: (found) => !/[ -]/.test(found) && isIssued(found) && isCard(found),
  },
  {
    kind: 'card',
    pattern: new RegExp(`${isNoDigit}\\d(?:[ -]?\\d){12,18}(?![\\w/])`, 'g'),
    holds: (found) => isGrouped(found) && isIssued(digitsOf(found)) && isCard(digitsOf(found)),
  },
  {
    kind: 'phone',
    pattern: /(?<![\w.-]|\d\/)(?:(?:\(?\+?86\)|\+?86|0086)[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.]\d|\d|-\d)/g,
  },
  {
    kind: 'phone',
    pattern:
      /(?<![\w+.])(?:\+|\(\+)\d{1,3}\)?(?:[ .-]?\(0?\d{1,5}\))?(?:[ .-]?\d{1,5}){2,6}(?: ?(?:ext\.? ?|x)\d{1,5})?(?!\w)/g,
    holds: has(9, 16),
  },
  {
    kind: 'phone',
    pattern: /(?<![\w.-])00[1-9]\d{0,2}[ -]?\d{1,4}(?:[ -]?\d{2,8}){1,4}(?![\w-])/g,
    holds: (found) => /[ -]/.test(found) && has(11, 16)(found),
  },
  {
    kind: 'phone',
    pattern:
      /(?<![\w./-])00(?:1\d{10}|44\d{10}|49\d{10,11}|33\d{9}|81\d{9,10}|852\d{8}|853\d{8}|886\d{9}|65\d{8}|61\d{9}|7\d{10}|91\d{10})(?![\w-])/g,
  },
  { kind: 'phone', pattern: /(?<![\w.-])(?:1[-.])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}(?![\w-])/g },
  { kind: 'phone', pattern: /(?<![\w-])(?:0\d{2,3}-|\(0\d{2,3}\) ?)[2-8]\d{6,7}(?:-\d{1,5})?(?![\w-])/g },
  // By area: (852) 5310 4851, (02) 2745-1667, 0161 496 0210, 07-297-4341, 01 99 00 41 40.
  { kind: 'phone', pattern: /(?<![\w.-])\((?:0\d{1,2}|85[23]|886)\) ?\d{3,4}[ -]?\d{3,4}(?![\w-])/g },
  {
    kind: 'phone',
    pattern: /(?<![\w./-]|\d[ ,:])0\d{1,4}(?:[ -]\d{3,8}){1,2}(?:-\d{1,4})?(?! ?\d|[\w-])/g,
    // Five and four digits are a postal code of the United States.
    holds: (found) => has(9, 12)(found) && !/^\d{5}-\d{4}$/.test(found),
  },
  { kind: 'phone', pattern: /(?<![\w./-]|\d[ ,:])0[1-9](?: \d\d){4}(?! ?\d|[\w-])/g },
  { kind: 'ssn', pattern: /(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g },
  {
    kind: 'plate',
    pattern: new RegExp(
      `${provinces}[A-HJ-NP-Z][ ·•.-]?(?=[A-HJ-NP-Z0-9]{0,5}\\d)[A-HJ-NP-Z0-9]{4,6}[挂学警港澳使领]?(?![A-Za-z0-9])`,
      'gu',
    ),
    holds: (found) => found.replace(/[ ·•.-]/g, '').length >= 7 && found.replace(/[ ·•.-]/g, '').length <= 8,
  },
];

const anchored: readonly (readonly [SecretKind, (text: string) => Iterable<Place>])[] = [
  ['private-key', findPrivateKeys],
  ['private-key', findPackedKeys],
  ['key', findInAddresses],
  ['password', findAddressPasswords],
  ['password', findConnectionPasswords],
  ['password', findCommandPasswords],
  ['password', findUserPairs],
  ['email', findEmails],
  ['iban', findIbans],
  ['key', findPairs],
  ['key', findRandomKeys],
];

/** All secrets of a text, in its order, none within another; `names` are a person's own. */
export function findSecrets(text: string, names: readonly string[] = []): readonly Secret[] {
  const folded = foldWidth(text);
  const found: Secret[] = [];
  for (const [kind, find] of anchored) for (const place of find(folded)) found.push({ kind, ...place });
  for (const rule of rules) for (const secret of findBy(rule, folded)) found.push(secret);
  const [called, named] = [findNames(folded), findSecretNames(folded)];
  for (const place of findInText(text)) found.push({ kind: 'password', ...place });
  found.push(...findCalled(folded, called), ...findNamed(text, folded, named), ...findNearPasswords(folded, named));
  const inTables = called.filter(({ cue }) => cue.inTables !== false);
  found.push(...findInTables(folded, [...inTables, ...columnsOf(named, isNamedCell)]));
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

/** What begins first goes before what begins later, and takes in what reaches beyond it; of two that begin together the longer. */
function withoutOverlaps(found: readonly Secret[]): readonly Secret[] {
  const kept: Secret[] = [];
  for (const secret of found.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = kept.at(-1);
    if (last === undefined || secret.start >= last.end) kept.push(secret);
    else if (secret.end > last.end) kept[kept.length - 1] = { ...last, end: secret.end };
  }
  return kept;
}

/** Lengths in which the beginnings of cards are issued: a bar code of thirteen figures has the sum of a card once in ten. */
function isIssued(digits: string): boolean {
  if (digits.length === 13) return digits.startsWith('4');
  if (digits.length === 14) return /^3[0689]/.test(digits);
  if (digits.length === 15) return /^(?:3[47]|2131|1800)/.test(digits);
  return digits.length === 16 || /^(?:62|81|4|5[0678]|6[0-9])/.test(digits);
}

/** Digits in a row, or in groups as cards have them: figures between spaces are no card. */
function isGrouped(found: string): boolean {
  return (
    /^\d+$/.test(found) ||
    /^\d{4}([ -])\d{4}(?:\1\d{4}){1,2}(?:\1\d{1,4}){0,2}$/.test(found) ||
    /^\d{6}[ -]\d{7,13}$/.test(found) ||
    /^\d{8}([ -])\d{8}(?:\1\d{1,3})?$/.test(found) ||
    /^\d{4}([ -])\d{6}\1\d{4,5}$/.test(found)
  );
}
