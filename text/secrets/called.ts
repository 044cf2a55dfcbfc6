import { type Cue, cues } from './cues.ts';
import type { Secret } from './kinds.ts';

/** Characters after a name that are looked at, and before it. */
const [looksOn, looksBack] = [110, 80];
/** What a line of a log or a chat begins with: when it was, and who speaks. */
const spoken = '(?:\\[?[\\d:, -]{4,20}\\]? )?[^\\d\\n:]{1,20}: ?';
/** How a value follows in other notations than behind a sign in the same line. */
const notations = [
  // YAML, a type and its value, a block of Terraform.
  '["\']?\\s{0,40}\\n[ \\t]{0,40}(?:- )?value:[ \\t]{0,4}',
  '\\??: ?string = ["\']',
  '["\']?[ ]?\\{\\s{0,40}default\\s{0,4}=[ \\t]?',
  // The kind of a document in one line, and its number in the next; a question and its answer.
  '\\s{0,3}\\n[^\\d\\n:=]{0,16}(?:number|no\\.?|[号號][码碼]?)[ ]?[:=]',
  `[.?。]?\\s{0,3}\\n${spoken}`,
  ';(?= (?:the|its|his|her|my|your|new|number)\\b)',
].join('|');
/** Between a name and what it names: the word for its number, a notation, and no figure, no end of a sentence, no other name. */
const gap = `(?<gap>(?:[ _-]?(?:no|num|number|id)|[号號][码碼]?)?(?:[_-]?\\d{1,2}(?=[^\\w]))?(?:${notations})?[^\\d\\n。；;!?]{0,44}?)`;
const isNoWord = '(?<![\\w.])';
/** A comma with three figures behind it is within a number, any other ends it. */
const isOver = '(?!\\w|[.-]\\d|,\\d{3}(?!\\d))';
/** Another name stands between, which the value belongs to. */
const otherName =
  /[,;&|]\s*["']?(?!val(?:ue)?\b|text\b|content\b|(?:(?:cert(?:ificate)?|doc(?:ument)?|id|card|permit|travel)[_-]?)?(?:num(?:ber)?|no|id)\b|号码|證?证?件?号\b)[\w-]+["']?\s*[:=]|(?<!\bn[or]|\bext|\be\.g|\bi\.e)\.\s(?!(?:the|its|my|his|her) (?:number|no|id)\b)|\bor\b/i;
/** What stands between a value and a name behind it: `123 (account)`, `123 is my account`, `123，这是账号`, `'123' for key 'account'`. */
const namedBehind =
  /^["'`\])}>】」』’”]{0,3}\s{0,2}(?:[([{【「]|←|- (?:that|this|it) (?:is|was)|: (?:the |my )?(?=$)|,?\s?[这這就便]?是|(?:is|was) (?:my|the|his|her|our|their|a)\b|for key|,\s{0,4}["']?(?:type|kind|类型|類型|类别)["']?\s{0,2}[:=]\s{0,2}["']?[A-Za-z ]{0,12}(?=$)|[()\]}.;\w\s]{0,24}(?:\/\/|#|--)\s)[^\d\n]*$/;

interface Looked extends Cue {
  readonly before: RegExp;
  readonly behind: RegExp;
}

const looked: readonly Looked[] = cues.map((cue) => ({
  ...cue,
  before: new RegExp(`^${gap}${isNoWord}(?<secret>${cue.value})${isOver}`, 'i'),
  behind: new RegExp(`${isNoWord}(?<secret>${cue.value})(?!\\w)(?<gap>[^\\d\\n]{1,40})$`, 'i'),
}));
const called = new RegExp(cues.map(({ called: names }, at) => `(?<c${at}>${names})`).join('|'), 'gi');

/** Where something is called by a name. */
export interface Hit {
  readonly cue: Cue;
  readonly start: number;
  readonly end: number;
}

/** All names in a text (with signs of full width folded). */
export function findNames(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(called)) {
    const at = looked.findIndex((_, index) => match.groups?.[`c${index}`] !== undefined);
    const cue = looked[at];
    if (cue !== undefined) hits.push({ cue, start: match.index, end: match.index + match[0].length });
  }
  return hits;
}

/** Values right after their name, or right before it. */
export function* findCalled(text: string, hits: readonly Hit[]): Generator<Secret> {
  for (const { cue, start, end } of hits) {
    const { kind, before, behind, holds } = cue as Looked;
    const after = text.slice(end, end + looksOn);
    const next = before.exec(after)?.groups;
    if (next?.['secret'] !== undefined && !otherName.test(next['gap'] ?? '') && holds?.(next['secret']) !== false) {
      const from = end + (next['gap'] ?? '').length;
      yield { kind, start: from, end: from + next['secret'].length };
      continue;
    }
    const back = text.slice(Math.max(0, start - looksBack), start);
    const last = /\d[^\d\n]{1,40}$/.test(back) ? behind.exec(back)?.groups : undefined;
    if (last?.['secret'] === undefined || !namedBehind.test(last['gap'] ?? '')) continue;
    if (holds?.(last['secret']) === false) continue;
    const to = start - (last['gap'] ?? '').length;
    yield { kind, start: to - last['secret'].length, end: to };
  }
}
