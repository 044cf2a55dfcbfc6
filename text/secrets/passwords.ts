import type { Hit } from './called.ts';
import type { Cue } from './cues.ts';
import type { Secret } from './kinds.ts';
import { isOddWord } from './odd-words.ts';

/** What is no password although it stands where one does: variables, words of code, and words that stand in for one. */
const standIn =
  /^(?:\$|%(?:[A-Za-z_]+%|[a-z])?$|<|\{\{|\*+$|x{4,}$|\.{3}|process\.|os\.|https?:|file:|data:|--\w|\d+\/(?:tcp|udp)$|[\w.-]*\/[\w./-]+\.\w{2,4}$|env\.|your|example|null|undefined|unknown|true|false|none|n\/a|string|required|changeme)/i;
/** Code: a call, an element, a type, a path of names, or what is put in later. */
const code =
  /^[)\]}]*\.\w+\(|^[A-Za-z_$][\w$.?[\]]*\(|^[A-Za-z_$][\w$]*(?:\??\.[\w$]*)*(?:\[['"\w:-]|<[A-Za-z])|^[A-Za-z_$][\w$]*(?:\??\.#?[A-Za-z_$][\w$]*)+$|^[@$%&][A-Za-z_]+\d?$|^[([{]+\w+[)\]}]*$|\$\{/;
const kindsOf = (value: string) => [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;

/** Letters in a changing case that is no name of a program's. */
const isMixed = (whole: string) => isMixedWord(whole.replace(/[:_-]/g, ''));
const isMixedWord = (value: string) =>
  value.length >= 8 &&
  /^[A-Za-z]+$/.test(value) &&
  /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(value) &&
  (/[bcdfgjkmnpqvwxz]{4}/i.test(value) || !/^[a-zA-Z]?[a-z]+(?:[A-Z][a-z]+)*$/.test(value)) &&
  !/^[A-Z]{2,5}[a-z]{3,}(?:[A-Z][a-z]{2,})*$/.test(value);
const isPhrase = (value: string) =>
  /^[a-z]{3,}(?:-[a-z]{3,}){2,}\d*$|^[a-z]{3,}(?:[._][a-z]{3,}){2,}\d{1,4}$/i.test(value);

/** A passphrase of words with spaces between them, and what makes a sentence of such. */
const inWords = /^[a-z]{3,12}(?: [a-z]{3,12}){3,9}\d{0,4}$/;
const isSentence =
  /\b(?:the|your|you|and|for|with|must|should|not|that|this|are|was|has|have|will|can|please|from|than|only|when|after|before|into|enter|again)\b/;

/** What stands behind a name and a sign, such as `password: …`. */
export function isPasswordValue(value: string): boolean {
  if (inWords.test(value)) return !isSentence.test(value);
  if (/[^!-~]/.test(value)) return false;
  if (/^\$/.test(value) && isOddWord(value.slice(1)) && !/^\$[A-Z_]/.test(value)) return true;
  if (standIn.test(value) || (code.test(value) && !isPhrase(value))) return false;
  if (/^\d{4,}$/.test(value) || isMixed(value) || isPhrase(value)) return true;
  const kinds = kindsOf(value);
  if (/^[A-Za-z_.]+\(?$/.test(value) && kinds < 3) return false;
  return value.length >= 5 && kinds >= 2 && /\d|[^A-Za-z0-9_.:/-]/.test(value);
}

/** What stands behind the name of a key or a token, which a phrase in words is not. */
export function isKeyValue(value: string): boolean {
  return value.length >= 6 && !isPhrase(value) && !/^[\d_.,]+$/.test(value) && isPasswordValue(value);
}

/** Names of methods and standards end in figures as such passwords do. */
const isMethod = /^(?:sha|aes|rsa|ecc|crc|utf|iso|rfc|ipv|win|gbk|cve|tls|ssl|des|md|http|base|port|line|page|step)\d/i;

/** What stands right behind the name alone, where any word may. */
function isTold(value: string): boolean {
  if (!isPasswordValue(value)) return false;
  return (
    (/^\d{6,}$/.test(value) && !/^(?:19|20)\d{6}$/.test(value)) ||
    (value.length >= 8 && /[a-z]\d+[a-z]|\d[a-z]+\d/i.test(value)) ||
    isMixed(value) ||
    isPhrase(value) ||
    kindsOf(value) >= 3 ||
    /^[a-z]{5,}[^a-z\s]*\d{2,}$/i.test(value) ||
    (/^[a-z]{3,4}\d{3,}$/i.test(value) && !isMethod.test(value))
  );
}

const words =
  'passw(?:or)?d|passwor[dt]|passwd|pwd(?![a-z])|(?<![a-z])psk(?![a-z])|requirepass|masterauth|bindpw|passkey|锁屏码|[门門]禁[码碼]|通行[码碼]|SecureString(?= )|(?<=(?:user|db|mysql|pg|admin|root|smtp|mail|ftp|login|redis|api|app|my|ssh|vpn|wifi|ldap|http|proxy|auth|account)_)pass(?![a-z])|passphrase|passcode|密[码碼]|口令|提取[码碼]|解[压壓][码碼]|(?<![a-z])pw(?![a-z])|(?:root|admin|user|db|login|smtp|ftp|wifi|bind)pw(?![a-z])';
/** Words with other meanings, too: only a sign behind them makes them a name. */
const shortWords = '(?:(?<![a-z])(?:pass|pin)(?:[ _-]?code)?|pass)(?![a-z])';
const keys =
  'api[ _-]?key|secret[ _-]?(?:access[ _-]?)?key|access[_-]?(?:key(?![a-z])|token)|auth[_-]?token|private[_-]?key|client[_-]?secret|account[ _-]?key|secret(?!s?[a-z])|token(?!s?[a-z])|密[钥鑰]|秘[钥鑰]|令牌';
const named = new RegExp(`(?<word>${words})|(?<key>${keys})|(?<short>${shortWords})`, 'gi');

/** How tables call them. */
export const passwordCue: Cue = { kind: 'password', called: words, value: '[!-~]{4,200}', holds: isPasswordValue };
const keyCue: Cue = {
  kind: 'key',
  called: keys,
  value: '[!-~]{12,300}',
  holds: (value) => isKeyValue(value) && kindsOf(value) >= 3,
};

const shortCue: Cue = { kind: 'password', called: shortWords, value: '[!-~]{4,200}', holds: isTold, inTables: false };

const filler =
  '(?:[ \\t]?(?:(?:is|was|to|set|changed|reset|now|still|the|new|currently|temporarily|from|used|be|been|has|had|will|which|reads|\\(which|as|we|i|use)(?= )|[^\\x00-\\x7f。！？；，、是为為成\u2018-\u201d【「（《]{1,4})){0,4}';
/** What stands between a name and its value. */
const sign = [
  // A field, with the type that some languages write, and what a value may be put into there.
  '(?:[?!]?:[ \\t]?(?:string|str|&str|any|text)\\??[ \\t]?=[ \\t]?|[ \\t]{0,3}(?::=|=>|->|[=!]==?|[:=>→]))(?:[ \\t]{0,2}(?:new )?string\\(|[ \\t]{0,2}\\[(?=["\'`])|[^\\n;,"\'`]{1,40}(?:\\?\\?|\\|\\||\\bor\\b)[ \\t]{0,2}(?=["\'`]))?',
  // A device's configuration, which tells how the next is encoded: `enable secret 5 …`.
  '[ ][0578](?=[ ]\\S)',
  // A call, or what begins an object.
  '[({](?=["\'`])',
  // A block of Terraform.
  '["\']?[ ]?\\{\\s{0,40}(?:\\w+[ ]?=[ ]?[^\\n]{0,40}\\s{1,40}){0,3}default\\s{0,4}=',
  '[ \\t]{0,3}(?:[是为為成]{1,2}了?:?|(?:is|was|are|be):|(?:is|was|to|reads)(?= )|- (?=\\S))',
  // A list of names and values, in YAML, JSON and XML.
  '["\']?\\s{0,40}\\n[ \\t]{0,40}(?:- )?value:',
  '["\']?, ?["\'](?:default_?)?(?:value|content|default)["\'][ ]?:',
  '["\']?[ \\t]{1,4}(?:value|content)=',
  '[ \\t]{0,2},(?=[ \\t]?["\'`])',
].join('|');
const behindName = new RegExp(
  `^(?:[_-]?\\d{1,2}(?=\\W)| ?(?:number|no\\.?)| (?:of|for) [\\w ]{1,24}(?=[:=]| is | was | reads ))?["'\`\\])]{0,2}(?<filler>${filler})(?<sign>(?:${sign}))?(?<space>[ \\t]{0,3})`,
  'i',
);
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '[': ']',
  '【': '】',
  '「': '」',
  '<': '>',
  '(': ')',
  '“': '”',
  '{': '}',
};
/** A variable of a shell, or the next thing of a list: `DB_PASS x`, `user bob, pass x`. */
const isListed = /(?:(?<![a-z])[A-Z]+_PASS|[,;/(][ \t]?pass|\benv[ \t]+\w*pass)$/;
const isWide = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/;
/** Words up to the end of a sentence or a line. */
const wordsBehind = /^[a-z]{3,12}(?: [a-z]{3,12}){3,9}\d{0,4}(?=$|[\n.。，,;；(（"'`])/;
const bare = /^[!-~]{4,300}/;

/** Names of passwords and keys, for tables. */
export function passwordHits(text: string): readonly Hit[] {
  return [...text.matchAll(named)]
    .filter((match) => !isWithinWord(text, match))
    .map((match) => ({
      cue: match.groups?.['word'] !== undefined ? passwordCue : match.groups?.['key'] !== undefined ? keyCue : shortCue,
      start: match.index,
      end: match.index + match[0].length,
    }));
}

/** `compass` is none, `rootPass` is one. */
function isWithinWord(text: string, { 0: name, index, groups }: RegExpExecArray): boolean {
  return groups?.['short'] !== undefined && /[a-z]/i.test(text[index - 1] ?? '') && !/^[A-Z][a-z]/.test(name);
}

/** Passwords and keys right after their name, and passwords right before it. `folded` has the places of `text`. */
export function* findPasswords(text: string, folded: string, hits: readonly Hit[]): Generator<Secret> {
  for (const { cue, start, end } of hits) {
    const after = behindName.exec(folded.slice(end, end + 100));
    const said = /(?:^|\s)(?:is|was|to)$/.exec(after?.groups?.['filler'] ?? '')?.[0] ?? '';
    const from = end + (after?.[0].length ?? 0);
    const value = valueAt(isWide.test(text[from] ?? '') ? folded : text, folded, from);
    const isOption = /(?:^|\s)--[\w-]{0,40}$/.test(folded.slice(Math.max(0, start - 44), start));
    const isApart = after?.groups?.['space'] !== '' || /\P{ASCII}/u.test(folded[from - 1] ?? '');
    const isField =
      after?.groups?.['space']?.includes('\t') || isListed.test(folded.slice(Math.max(0, start - 24), end));
    const sign = after?.groups?.['sign'] ?? ((isOption || isField) && isApart ? '=' : said);
    const isPin = /pin/i.test(folded.slice(start, end));
    if (accepts(cue, { ...value, isPin }, sign, isApart))
      yield { kind: 'password', start: value.start, end: value.start + value.text.length };
    else if (cue === passwordCue) yield* before(folded, start);
  }
}

/** Whether a value is one of those that its name and what stands between them let it be. */
function accepts(cue: Cue, { text: whole, isQuoted, isPin }: Named, sign: string, isApart: boolean): boolean {
  // A bracket that closes what was opened before is hidden with it, and says nothing of it.
  const text = whole.replace(/[!?)\]}>]+$/, '');
  // What is called with a key is its name more often than the key.
  if (cue === keyCue) return sign !== '' && isKeyValue(text) && (!/^[({]/.test(sign) || kindsOf(text) >= 3);
  if (cue === shortCue && isPin && sign !== '' && /^\d{4,8}$/.test(text)) return true;
  if (cue === shortCue)
    return (
      (/[:=>→\t是为為]|\b(?:is|was)\b/.test(sign) || (isQuoted && /^\d{6,}$/.test(text)) || isOddWord(text)) &&
      isTold(text)
    );
  if (sign !== '' || isQuoted) return isPasswordValue(text);
  return isApart && isTold(text);
}

/** `X: password as asked for`, `X (password)`, `X is my password`. */
const told =
  /(?<![^\s"'“「【(])(?<value>[!#-&*-~][!-~]{4,58}?[!-9;-~])["'”」】)]?(?:: ?|\s?\(| - (?:that|this|it) is | (?:is|was|as|for) )(?:my |the |his |her |our |their |a )?(?:old |new |former |current |default |temporary |initial |own )?$/i;

function* before(text: string, start: number): Generator<Secret> {
  const from = Math.max(0, start - 90);
  const match = told.exec(text.slice(from, start));
  const value = match?.groups?.['value'];
  if (match === null || value === undefined || (kindsOf(value) < 3 && !isTold(value))) return;
  if (standIn.test(value) || code.test(value)) return;
  yield { kind: 'password', start: from + match.index, end: from + match.index + value.length };
}

interface Value {
  readonly text: string;
  readonly start: number;
  readonly isQuoted: boolean;
}

/** A value, and whether its name is one of figures alone. */
interface Named extends Value {
  readonly isPin: boolean;
}

/** What stands at a place: between quotes or brackets that close, or up to the next space or Chinese word. */
function valueAt(text: string, folded: string, at: number): Value {
  const opener = folded[at] ?? '';
  const closer = closers[opener];
  if (closer !== undefined) {
    const line = folded.slice(at + 1, at + 302).split('\n', 1)[0] ?? '';
    const inside = insideOf(line, closer);
    if (inside.length >= 4 && (!/\s/.test(inside) || inWords.test(inside)))
      return { text: inside, start: at + 1, isQuoted: true };
    if (/["'`]/.test(opener)) return { text: '', start: at, isQuoted: true };
  }
  const words = wordsBehind.exec(text.slice(at, at + 140))?.[0] ?? '';
  if (words !== '' && /[\p{Script=Han}:=][ ]?$/u.test(text.slice(Math.max(0, at - 2), at)) && inWords.test(words))
    return { text: words, start: at, isQuoted: false };
  const run = bare.exec(text.slice(at, at + 300))?.[0] ?? '';
  // A sign that ends a sentence or a list is no part of it, nor is what has a name of its own.
  const cut = run.replace(/<\/.*$|[,;&]["']?[\w-]+["']?[:=].*$|["'`][,;)\]}].*$/, '').replace(/["'`,;.:]+$/, '');
  // What opens a bracket and does not close it begins a remark.
  return { text: /^[([{][^)\]}]*$/.test(cut) ? '' : cut, start: at, isQuoted: false };
}

/** What stands before the sign that closes it, which is none behind a backslash; empty where it does not close. */
function insideOf(line: string, closer: string): string {
  for (let at = line.indexOf(closer); at >= 0; at = line.indexOf(closer, at + 1))
    if (line[at - 1] !== '\\') return line.slice(0, at);
  return '';
}
