import type { NameHit } from './secret-names.ts';
import { isWords } from './value-shapes.ts';

/**
 * How a value is tied to its name. `field`: by a sign of a notation or a quote of a call. `said`: by a verb. `beside`: by nothing but a
 * space or a bracket. `below`: by standing alone in the next line.
 */
export type Link = 'field' | 'said' | 'beside' | 'below';

export interface NamedValue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly link: Link;
  readonly isQuoted: boolean;
  /** It fills its line, or its quotes or tags. */
  readonly isWhole: boolean;
}

/** What may follow upon a name, each in one place; the last that has a link says which one the value has. */
const steps: readonly (readonly [pattern: RegExp, link: Link | null])[] = [
  // A field with the type that some languages write.
  [
    /[?!]?:[ \t]?(?:string|str|&(?:'static )?str|any|text|bytes|const char ?\*)\??(?:[ \t]?\|[ \t]?\w+)?[ \t]?=[ \t]?/iy,
    'field',
  ],
  [
    / (?:string|n?varchar2?|text|char)(?:\(\d+\))?(?: ?=| default)| (?:constant )?\w{2,12}(?:\(\d+\))? ?:=|\[\w{0,4}\] ?=/y,
    'field',
  ],
  [/[ \t]{0,3}(?::=|=>|<-|->|[=!]==?|[:=>→])(?:[ ][>|]-?\n[ \t]{1,20})?/y, 'field'],
  // What pages, tables and Markdown put between.
  [/\s{0,4}(?:<\/?\w{1,12}>\s{0,20}){1,3}|[ \t]{0,3}\|/y, 'field'],
  [/[*_`]{1,3}(?=[ :：])/y, null],
  [/[ ]?\([^()\n]{1,16}\)(?=[ ]?[:=是])/y, null],
  // A device's configuration, which tells how the next is encoded: `enable secret 5 …`.
  [/[ ][05789](?=[ ]\S)/y, 'field'],
  // Lists of names and values, in YAML, JSON and XML, and a block of Terraform.
  [/\s{0,40}\n[ \t]{0,40}(?:- )?(?:value|default|content):/y, 'field'],
  [/, ?["'](?:type|kind|secure|hidden|sensitive)["'][ ]?: ?["']?\w+["']?(?=,)/iy, null],
  [/, ?["'](?:default_?)?(?:value|content|default|plain)["'][ ]?:/y, 'field'],
  [/[ \t]{1,4}(?:value|content)=/y, 'field'],
  // A record that tells old and new.
  [/(?: (?!new|old|val|plain)\w{1,16}=[\w.-]{1,20}){0,3} (?:new|old|val|plain)=/iy, 'field'],
  [/[ ]?\{\s{0,40}(?:\w+[ ]?=[ ]?[^\n]{0,40}\s{1,40}){0,3}default\s{0,4}=/y, 'field'],
  // A call or an array, and what a value is put into or falls back to there.
  [
    /[({](?:b|u|r|rb|@)?(?=["'`])|\((?:["'`][\w@. -]{1,40}["'`], ?){1,2}(?=["'`])|[ \t]{0,2},(?=[ \t]?["'`])|\[(?=["'`])/y,
    'field',
  ],
  [
    /\]?["'`]?[)\]]{1,2}\.\w{1,20}\((?=["'`])|\.(?:value|text) ?=|\.(?:send_?keys|type|fill|val|set\w{0,6}|equals|put)\((?=["'`])/iy,
    'field',
  ],
  [/[ \t]{0,2}(?:new )?[A-Za-z:]{2,20}\((?=["'`])/y, null],
  [/[^\n;,"'`]{1,40}(?:\?\?|\|\||\bor\b)[ \t]{0,2}(?=["'`])/y, null],
  // Verbs of both languages.
  [/[ \t]{0,3}(?:is|was|are|be|been|to|reads|equals|says)(?::|(?= ))/iy, 'said'],
  [/[ \t]{0,3}[是为為成用即叫]{1,2}了?:?/y, 'said'],
  [/ - (?=\S)/y, 'said'],
  // What both languages say between a name and its value.
  [
    /[ \t]{1,3}(?:set|changed|reset|now|still|the|new|currently|temporarily|from|used|be|been|has|had|will|which|\(which|as|we|i|use|just|simply|probably|generated|always|only|it|it's|you want|you need|you asked for|here)(?= |:)/iy,
    null,
  ],
  [/ (?:of|for|on|at|to|in) (?:[\w'’.-]{1,20} ){0,4}?[\w'’.-]{1,20}(?=[ ]?[=:]| is | was | reads | to )/iy, null],
  [/[ \t]{0,2}[^ -~\s。！？；，、是为為成‘’“”【「（《]{1,4}/y, null],
  [/(?:[ ](?:again|then|now))?[.?。？,，][ ]?(?:it (?:is|was)|it's|that's|是)(?= )/iy, 'said'],
  [/[?？][ ](?=\S{5,64}\s{0,3}$)/my, 'said'],
];
const mostSteps = 8;
/** What ends a name: a figure, and what closes what it stands in. */
const tail = /s?(?![a-z])(?:[_-]?\d{1,2}(?=\W)| ?(?:number|no\.?)(?![a-z]))?["'`\])}]{0,2}/y;
const space = /[ \t]{0,3}/y;
/** What follows a name whose line is over. */
const lineOver = /[^\n:：是]{0,40}[:：]?[ \t]{0,3}(?:\n[ \t>]{0,4}){1,2}(?=[^\s].{3,64}(?:\n|$))/y;
const spokenBy = /(?:\[?[\d:, -]{4,20}\]? )?[\p{L} ]{1,20}: ?/uy;
const closers: Readonly<Record<string, string>> = {
  ...{
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
    '《': '》',
    '‘': '’',
  },
};
const isWide = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/;
/** Words up to the end of a sentence or a line. */
const wordsBehind = /^[a-z]{3,12}(?: [a-z]{3,12}){3,9}(?: ?\d{1,4})?(?=$|[\n.。，,;；(（"'`])/;
const bare = /^[!-~]{4,300}/;
/** A variable of a shell, an option of a command, or the next thing of a list: what follows needs no sign. */
const needsNoSign =
  /(?:(?:^|\s)--?[\w-]{0,40}|(?<![a-z])[A-Z_]{2,40}|[,;/(][ \t]?pass|\benv[ \t]+\w*pass|^[ \t]*require\w*)$/;

function stepOver(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** The value that a name is followed by. `folded` has the places of `text`. */
export function valueBehind(text: string, folded: string, { start, end }: NameHit): NamedValue | null {
  let at = end + stepOver(tail, folded, end);
  let link: Link = 'beside';
  for (let step = 0; step < mostSteps && at - end < 110; step += 1) {
    const [length, next] = nextStep(folded, at, link);
    if (length === 0) break;
    at += length;
    link = next ?? link;
  }
  const gap = stepOver(space, folded, at);
  if (link === 'beside') {
    const head = folded.slice(Math.max(0, start - 44), end);
    if (gap > 0 && (folded.slice(at, at + gap).includes('\t') || needsNoSign.test(head))) link = 'field';
    const isApart = gap > 0 || at > end || /\P{ASCII}/u.test(folded[at - 1] ?? '');
    if (!isApart && !/\P{ASCII}/u.test(folded[end - 1] ?? '')) return null;
  }
  const value = valueAt(text, folded, at + gap, link);
  return value.text === '' ? null : value;
}

function nextStep(folded: string, at: number, link: Link): readonly [number, Link | null] {
  for (const [pattern, next] of steps) {
    const length = stepOver(pattern, folded, at);
    // A second sign of a notation belongs to the value.
    if (length > 0 && !(link === 'field' && next === 'said')) return [length, next];
  }
  return [0, null];
}

/** The value that fills the line below the name's own; a chat tells first who speaks there. */
export function valueBelow(text: string, folded: string, { end }: NameHit): NamedValue | null {
  const over = stepOver(lineOver, folded, end);
  if (over === 0) return null;
  const from = end + over;
  const at = from + stepOver(spokenBy, folded, from);
  const line = folded.slice(at, at + 80).split('\n', 1)[0] ?? '';
  const value = valueAt(text, folded, at, 'below');
  const rest = line.slice(value.end - at).replace(/^["'`)\]}>]+/, '');
  return value.text === '' || !/^[.。,，!！~]?\s*$/.test(rest) ? null : value;
}

/** What stands at a place: between quotes or brackets that close, or up to the next space or Chinese word. */
function valueAt(text: string, folded: string, at: number, link: Link): NamedValue {
  const source = isWide.test(text[at] ?? '') ? folded : text;
  const closer = closers[folded[at] ?? ''];
  if (closer !== undefined) {
    const line = folded.slice(at + 1, at + 302).split('\n', 1)[0] ?? '';
    const inside = insideOf(line, closer);
    if (inside.length >= 4 && (!/\s/.test(inside) || isWords(inside)))
      return { text: inside, start: at + 1, end: at + 1 + inside.length, link, isQuoted: true, isWhole: true };
    if (/["'`]/.test(folded[at] ?? '')) return { text: '', start: at, end: at, link, isQuoted: true, isWhole: false };
  }
  const words = wordsBehind.exec(source.slice(at, at + 140))?.[0] ?? '';
  if (link !== 'beside' && words !== '' && isWords(words))
    return { text: words, start: at, end: at + words.length, link, isQuoted: false, isWhole: true };
  const run = bare.exec(source.slice(at, at + 300))?.[0] ?? '';
  // A sign that ends a sentence or a list is no part of it, nor is what has a name of its own.
  const cut = run.replace(/<\/.*$|[,;&]["']?[\w-]+["']?[:=].*$|["'`][,;)\]}].*$/, '').replace(/["'`,;.:]+$/, '');
  // What opens a bracket and does not close it begins a remark.
  const value = /^[([{][^)\]}]*$/.test(cut) ? '' : cut;
  const behind = source.slice(at + value.length, at + value.length + 3);
  const isWhole = /^[ \t]*(?:\r?\n|$)|^<\/|^&/.test(behind);
  return { text: value, start: at, end: at + value.length, link, isQuoted: false, isWhole };
}

/** What stands before the sign that closes it, which is none behind a backslash; empty where it does not close. */
function insideOf(line: string, closer: string): string {
  for (let at = line.indexOf(closer); at >= 0; at = line.indexOf(closer, at + 1))
    if (line[at - 1] !== '\\') return line.slice(0, at);
  return '';
}
