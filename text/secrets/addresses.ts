import type { Place } from './anchored.ts';
import { isOddWord } from './odd-words.ts';
import { looksRandom } from './random-keys.ts';

/** What signs an address, or lets in who has it, as a field of the address. */
const field =
  /[?&;](?:[\w.-]{0,40}(?:signature|token|secret|key|sig|sign|code|ticket|auth|sid|jwt|otp|credential|hmac|hash|invite|pwd)|(?:s|k|t|p|e|h|st|sk|tk|tkn|pass|share|access|signed))=(?<secret>[\w.~+/%-]{12,900}={0,2})/gi;
/** A part of a path behind what it is for. */
const part =
  /\/(?:[\w-]{0,20}(?:reset|invite|invitation|verify|verification|confirm|activate|activation|magic|unsubscribe|share|shared|join|login|signin|sso|private|ical|feeds?|rss|heartbeat|beat|ping|hook|trigger|recover|preview|signed|callback|download|token|key|session|unlock|guest))[\w-]{0,20}\/(?<secret>[\w-]{16,200})(?![\w-])/gi;
/** Hooks whose last part is short. */
const shortHook = /hooks?\.(?:[\w-]+\.)+\w+\/(?:[\w-]+\/){2,5}(?<secret>(?=\w*\d)(?=\w*[a-z])\w{6,19})\/?(?![\w/-])/gi;
/** Addresses of services whose path is all that lets one in. */
const openTo =
  /(?:hc-ping\.com|(?:sct?api|sc)\.ftqq\.com|push\.ft07\.com\/send|api\.day\.app|ntfy\.sh|webhook\.site|nosnch\.in|cronitor\.link\/p|(?:betterstack|betteruptime)\.com\/api\/v1\/heartbeat|maker\.ifttt\.com\/trigger\/[\w-]{1,60}\/(?:json\/)?with\/key|pushplus\.plus\/send|wxpusher\.zjiecode\.com\/api\/send\/message)\/(?<secret>[\w-]{16,100})/gi;
/** `user:password@host` without a scheme. */
const bareUser = /(?<![\w.@/:-])[\w.-]{1,40}:(?<secret>[^\s:"'/]{5,60})@(?=[\w-]+(?:\.[\w-]+)+|localhost)/g;
/** `sqlplus user/password@service`. */
const sqlplus =
  /\b(?:sqlplus|sqlldr|expdp|impdp|exp|imp|tns|oracle|conn|connect)[ \t][^\n|;]{0,80}?\b\w{1,30}\/(?<secret>[^\s@"'/]{3,60})@/gi;
/** What was encoded stands as signs, not as letters. */
const decoded = (text: string) => text.replace(/%[0-9A-F]{2}/gi, '+');

const kinds: readonly (readonly [RegExp, (secret: string) => boolean])[] = [
  [field, (secret) => looksRandom(decoded(secret)) || decoded(secret).split('+').some(looksRandom)],
  [part, (secret) => looksRandom(secret) || /^(?=.*\d)(?=.*[a-z])[a-z0-9]{18,}$/i.test(secret)],
  [openTo, looksRandom],
  [shortHook, () => true],
  [bareUser, isOddWord],
  [sqlplus, (secret) => !/^pass(?:word)?$|^</i.test(secret)],
];

/** What is secret within an address: what signs it, what lets in who has it, and passwords that have no scheme before them. */
export function* findInAddresses(text: string): Generator<Place> {
  for (const [pattern, holds] of kinds)
    for (const match of text.matchAll(pattern)) {
      const secret = match.groups?.['secret'] ?? '';
      if (!holds(secret)) continue;
      const start = match.index + match[0].lastIndexOf(secret);
      yield { start, end: start + secret.length };
    }
}

/** Private keys that were packed into letters once more, as a cluster keeps them. */
const packed = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{40,30000}={0,2}/g;

/** Its words `PRIVATE KEY`, which are other letters by where in three bytes they begin. */
const isPrivate = /UFJJVkFURSBLRV|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW/;

export function* findPackedKeys(text: string): Generator<Place> {
  for (const { 0: found, index } of text.matchAll(packed))
    if (isPrivate.test(found.slice(0, 90))) yield { start: index, end: index + found.length };
}
