import type { Place } from './anchored.ts';
import { isIban } from './checksums.ts';

/** How long an account of each country is (ISO 13616 registry), of those that have one. */
const lengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 ' +
    'MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 ' +
    'TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((row) => [row.slice(0, 2), Number(row.slice(2))]),
);
const begin = /(?<![A-Za-z0-9])([A-Z]{2})\d{2}(?=[ -]?[A-Z0-9])/gi;

/** Accounts in one piece or in groups, in letters of either case. */
export function* findIbans(text: string): Generator<Place> {
  for (const match of text.matchAll(begin)) {
    const length = lengths.get((match[1] ?? '').toUpperCase());
    if (length === undefined) continue;
    const end = endOf(text, match.index, length);
    if (end !== null && isIban(text.slice(match.index, end))) yield { start: match.index, end };
  }
}

/** Where so many letters and digits end, with one space or hyphen between two at most; null where they do not, or go on. */
function endOf(text: string, start: number, length: number): number | null {
  let at = start;
  for (let seen = 0; seen < length; at += 1) {
    const character = text[at] ?? '';
    if (/[A-Za-z0-9]/.test(character)) seen += 1;
    else if ((character !== ' ' && character !== '-') || !/[A-Za-z0-9]/.test(text[at + 1] ?? '')) return null;
  }
  return /[A-Za-z0-9]/.test(text[at] ?? '') ? null : at;
}
