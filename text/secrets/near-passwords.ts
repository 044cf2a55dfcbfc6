import type { Place } from './anchored.ts';
import type { Hit } from './called.ts';
import type { Secret } from './kinds.ts';
import { isOddWord, longestWord } from './odd-words.ts';
import { passwordCue } from './passwords.ts';

/** How far from its name a password may stand within one sentence. */
const reach = 64;
/** Words up to the next space, and what stands between quotes. */
const words = [/[!-~]{6,}/g, /(?<=["'`])[^\s"'`]{6,64}(?=["'`])/g];
/** Signs around a word are no part of it. */
const around = /^["'`([{<]+|["'`)\]}>.,;:?]+$/g;
const isOver =
  /[。！？；]|[.!?]\s|\n(?![ \t>]{0,4}(?:\[?[\d:, -]{4,20}\]? )?[\p{L} ]{1,20}: ?[!-~]{6,64}[ \t]*(?:\n|$))/u;

/** A user and a password in one go, behind what they are for: `credentials are bob:…`, `login: admin / …`. */
const pair =
  /(?:log(?:ged)?[ -]?(?:in|on)|sign(?:ed)?[ -]in|get in|credentials?|creds|user(?:name)?|account|[账帐帳][号號户戶]|登[录錄入陆陸]|用[户戶](?:名)?)(?![a-z])[^\n.。]{0,24}?(?<![\w.@-])[\w.@-]{1,60}[ ]?(?:[:/|,，、]|\band\b|\bwith\b|和|[，,]?密[码碼]?)[ ]?["'`]?(?<secret>[!-~]{6,64})/gi;

/** Passwords that stand behind their user. */
export function* findUserPairs(text: string): Generator<Place> {
  for (const match of text.matchAll(pair)) {
    const secret = (match.groups?.['secret'] ?? '').replace(around, '');
    if (!isOddWord(secret)) continue;
    const start = match.index + match[0].lastIndexOf(secret);
    yield { start, end: start + secret.length };
  }
}

/** Odd words in the sentence of a name of passwords, where neither a field nor the next word tells which one it is. */
export function* findNearPasswords(text: string, hits: readonly Hit[]): Generator<Secret> {
  for (const { cue, start, end } of hits) {
    if (cue !== passwordCue) continue;
    const before = text.slice(Math.max(0, start - reach), start);
    const after = text.slice(end, end + reach);
    const from = start - before.length + overBefore(before);
    const to = end + (isOver.exec(after)?.index ?? after.length);
    // A word that the reach cuts is looked at whole.
    const sentence = text.slice(from, to + longestWord);
    for (const match of words.flatMap((one) => [...sentence.matchAll(one)])) {
      if (from + match.index >= to) continue;
      const lead = /^["'`([{<]+/.exec(match[0])?.[0].length ?? 0;
      const word = match[0].replace(around, '');
      const place = { start: from + match.index + lead, end: from + match.index + lead + word.length };
      if (place.start > start - 1 && place.start < end) continue;
      if (isOddWord(word)) yield { kind: 'password', ...place };
    }
  }
}

/** Where the sentence begins that a text ends with. */
function overBefore(text: string): number {
  const all = [...text.matchAll(/[。！？；\n]|[.!?]\s/g)];
  const last = all.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}
