import type { Place } from './anchored.ts';
import type { Secret } from './kinds.ts';
import { longestWord } from './odd-words.ts';
import { isListedSum } from './random-keys.ts';
import type { NameHit } from './secret-names.ts';
import { shapeOf } from './value-shapes.ts';

/** How far from its name a password may stand within one sentence. */
const reach = 72;
/** Words up to the next space, and what stands between quotes. */
const words = [/[!-~]{6,}/g, /(?<=["'`])[^\s"'`]{6,64}(?=["'`])/g];
/** Signs around a word are no part of it. */
const around = /^["'`([{<]+|(?:\\[rnt])?["'`)\]}>.,;:?]+$/g;
const isOver =
  /[。！？；]|\.\s|(?<![\d#@$%^&*!])[!?]\s|\n(?![ \t>]{0,4}(?:\[?[\d:, -]{4,20}\]? )?[\p{L} ]{1,20}: ?[!-~]{6,64}[ \t]*(?:\n|$))/u;
/** What hands over a password, so that what stands behind it needs to look like one less. */
const handsOver =
  /(?:\b(?:use|using|with|type|enter|entered|try|tried|still|was|is|are|to|from|for|password|pin|rotate|change|reset|admin|root)|[,，|]|[是用为成试输入到过改]|[/:：])[ (]?["'`(“「]?$/i;

const handsToDoor = /(?:\b(?:use|using|with|type|enter|try)|[用输入])[ (]?["'`(“「]?$/i;

const users = 'admin|root|administrator|guest|demo|postgres|oracle|ubuntu|sysadmin';
/** A user and a password in one go, behind what they are for: `credentials are bob:…`, `login: admin / …`. */
const pairs = [
  /(?:log(?:ged)?[ -]?(?:in|on)|sign(?:ed)?[ -]in|get in|credentials?|creds|user(?:name)?|account|password(?: attempt)?|[账帐帳][号號户戶]|登[录錄入陆陸]|用[户戶](?:名)?)(?![a-z])[^\n.。]{0,24}?(?<![\w.@-])[\w.@-]{1,60}[ ]?(?:[:/|,，、]|\band\b|\bwith\b|和|[，,]?密[码碼]?)[ ]?["'`]?(?<secret>[!-~]{6,64})/gi,
  // An address of a mailbox and its password, as lists of them have it.
  /@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}(?::|\||----)(?<secret>[!-~]{6,64})/g,
  /(?<![\w-])(?:AUTH|LOGIN) (?:[\w.-]{1,30} )?(?<secret>[!-~]{5,64})/g,
  /\b(?:trying|tried|hydra:?|basic) [\w.-]{1,40}:(?<secret>[!-~]{6,64})/gi,
  /(?<!\S)-u[ =]?[\w.@-]{1,40} -p[ =]?["']?(?<secret>[!-~]{5,64})|(?<!\S)-p[ ]["'](?<other>[!-~]{5,64})["'] -u[ ]/g,
  new RegExp(`(?<![\\w.@/-])(?:${users})[ ]?[/:|][ ]?(?!/)(?<secret>[!-~]{6,64})`, 'gi'),
];
/** A call or a list of what lets in: a user and a password in quotes. */
const calls =
  /(?:auth|log_?in|sign_?in|credentials?|connect(?:ion)?|authenticate|mysqli|PDO|create_?user|add_?user|unlock)[\w.]{0,16}["']?[ ]?[=:]?[ ]?[([{](?:[^()\n"'`]{1,40},)?[ ]?(?:["'`][^"'`\n]{1,60}["'`][ ]?,[ ]?)?["'`][^"'`\n]{1,60}["'`][ ]?,[ ]?[bur]?["'`](?<secret>[^"'`\s]{4,80})["'`][ ]?[)\],}]/gi;

/** Passwords that stand behind their user. */
export function* findUserPairs(text: string): Generator<Place> {
  for (const pattern of pairs)
    for (const match of text.matchAll(pattern)) {
      const said = (match.groups?.['secret'] ?? match.groups?.['other'] ?? '').replace(around, '');
      const secret = said.replace(/^[\w.-]{1,30}:(?=\S{5})/, '');
      const shape = shapeOf(secret);
      if (shape === 'odd' || (shape === 'told' && /^(?=.*\d)[^/:.]+$/.test(secret))) yield placeOf(match, secret);
    }
  for (const match of text.matchAll(calls)) {
    const secret = match.groups?.['secret'] ?? '';
    if (shapeOf(secret) === 'odd' || shapeOf(secret) === 'told') yield placeOf(match, secret);
  }
}

function placeOf({ 0: whole, index }: RegExpExecArray, secret: string): Place {
  const start = index + whole.lastIndexOf(secret);
  return { start, end: start + secret.length };
}

/** Odd words in the sentence of a name of passwords, where neither a field nor the next word tells which one it is. */
export function* findNearPasswords(text: string, hits: readonly NameHit[]): Generator<Secret> {
  let done = 0;
  for (const { kind, start, end } of hits) {
    if (kind !== 'password' && kind !== 'door') continue;
    const before = text.slice(Math.max(0, start - reach), start);
    const after = text.slice(end, end + reach);
    // What was looked at for a name before this one is not looked at again.
    const from =
      kind === 'door'
        ? Math.max(done, start - before.length + overBefore(before))
        : start - before.length + overBefore(before);
    const to = end + (isOver.exec(after)?.index ?? after.length);
    done = kind === 'door' ? to : done;
    // A word that the reach cuts is looked at whole.
    const sentence = text.slice(from, Math.max(from, to) + longestWord);
    for (const match of words.flatMap((one) => [...sentence.matchAll(one)])) {
      if (from + match.index >= to) continue;
      // A word that the reach cuts at its head is none.
      if (match.index === 0 && /[!-~]/.test(text[from - 1] ?? '')) continue;
      const lead = /^["'`([{<]+/.exec(match[0])?.[0].length ?? 0;
      const word = match[0].replace(around, '');
      const place = { start: from + match.index + lead, end: from + match.index + lead + word.length };
      if ((place.start > start - 1 && place.start < end) || isListedSum(text, place)) continue;
      const shape = shapeOf(word);
      const isHanded =
        shape === 'told' &&
        /^[a-z]+\d+$|^\d{6,}$|^[a-z]+(?:-[a-z]+){2,}$/i.test(word) &&
        (kind === 'door' ? handsToDoor : handsOver).test(text.slice(Math.max(0, place.start - 16), place.start));
      if (
        (shape === 'odd' && (kind === 'password' || !/^(?:[0-9a-f]{7,}|[A-Za-z]+(?:[-._][A-Za-z]+)*)$/.test(word))) ||
        isHanded
      )
        yield { kind: 'password', ...place };
    }
  }
}

/** Where the sentence begins that a text ends with. */
function overBefore(text: string): number {
  const all = [...text.matchAll(/[。！？；\n]|\.\s|(?<![\d#@$%^&*!])[!?]\s/g)];
  const last = all.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}
