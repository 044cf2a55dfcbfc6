import type { FormAnswers } from '../../contract/atom-forms.ts';
import type { PlainStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import { calculate, totalOf } from './arithmetic.ts';
import { betweenDates, findDates, moveDates } from './dates.ts';
import { join, sort } from './lists.ts';
import { readPattern } from './patterns.ts';
import { redact } from './redact.ts';
import { Room, requireItems } from './room.ts';
import { readTable, writeTable } from './tables.ts';
import { fillTemplate } from './template.ts';
import { clean, extract, formatJson, split, toCase } from './texts.ts';
import { listValue, mapTexts, textOf, textValue, type Value } from './value.ts';
import { withinTime } from './within-time.ts';

/** What steps take from outside of themselves. */
export interface StepTools {
  /** The language of the text that the chain began with. */
  readonly language: 'en' | 'zh-CN';
  readonly now: Date;
  /** The text of Markdown as the page reads it. */
  readonly plainOf: (markdown: string) => string;
  /** What the person filled in, by the names of fields; nothing when left out. */
  readonly answers?: FormAnswers;
  /** Names that the person wants to be hidden; none when left out. */
  readonly privateNames?: readonly string[];
  /** Longest that a step may take, in milliseconds; 5000 when left out. */
  readonly limitMs?: number;
}

/** What a step does, once what it needs is loaded: it computes, and waits for nothing. */
type Work = (value: Value, tools: StepTools, room: Room) => Value;
type Runner<Name extends PlainStep['do']> = (step: Extract<PlainStep, { readonly do: Name }>) => Work | Promise<Work>;

/** A step that takes longer is ended. */
const usualLimitMs = 5000;

const runners: { readonly [Name in PlainStep['do']]: Runner<Name> } = {
  case:
    ({ to }) =>
    (value) =>
      mapTexts(value, (text) => toCase(text, to)),
  clean:
    ({ what }) =>
    (value, { plainOf }) =>
      mapTexts(value, (text) => clean(text, what, plainOf)),
  replace:
    ({ find, with: by }) =>
    (value, _, room) =>
      mapTexts(value, (text) => replaceAll(text, find, by, room)),
  'replace-pattern': async ({ pattern, with: by }) => {
    const read = await readPattern(pattern);
    return (value, _, room) => mapTexts(value, (text) => read.replaceAll(text, by, room));
  },
  split:
    ({ at }) =>
    (value, { language }) =>
      listValue(split(textOf(value), at, language)),
  extract:
    ({ what }) =>
    (value) =>
      listValue(extract(textOf(value), what)),
  'extract-pattern': async ({ pattern }) => {
    const read = await readPattern(pattern);
    return (value) => listValue(read.findAll(textOf(value)));
  },
  filter:
    ({ has, not = false }) =>
    (value) =>
      listValue(itemsOf(value).filter((item) => item.includes(has) !== not)),
  'filter-pattern': async ({ pattern, not = false }) => {
    const read = await readPattern(pattern);
    return (value) => listValue(itemsOf(value).filter((item) => read.matches(item) !== not));
  },
  sort: (step) => (value) => listValue(sort(itemsOf(value), step)),
  unique: () => (value) => listValue([...new Set(itemsOf(value))]),
  reverse: () => (value) => listValue(itemsOf(value).toReversed()),
  join: (step) => (value, _, room) => textValue(join(itemsOf(value), step, room)),
  'read-table': async () => {
    const { default: papa } = await import('papaparse');
    return (value) => ({ type: 'table', rows: readTable(textOf(value), papa) });
  },
  'write-table': async ({ as }) => {
    const { default: papa } = await import('papaparse');
    return (value, _, room) => textValue(writeTable(value.type === 'table' ? value.rows : [], as, papa, room));
  },
  json:
    ({ style }) =>
    (value) =>
      textValue(formatJson(textOf(value), style)),
  count:
    ({ what }) =>
    (value) =>
      textValue(String(count(textOf(value), what))),
  when:
    ({ has, not = false }) =>
    (value) => {
      if (textOf(value).includes(has) === not)
        throw new AppError('step/not-so', `it has ${not ? '' : 'not '}what the step wants`, {
          values: { words: has.slice(0, 60), context: not ? 'without' : 'with' },
        });
      return value;
    },
  template:
    ({ text }) =>
    (value, { language, now, answers }, room) =>
      textValue(fillTemplate(text[language], textOf(value), now, room, answers)),
  // The person was asked before anything was begun.
  ask: () => (value) => value,
  total: (step) => (value) => textValue(totalOf(textOf(value), step)),
  calculate:
    (step) =>
    (value, { answers = {} }, room) =>
      mapTexts(value, (text) => calculate(text, step, answers, room)),
  'find-dates': () => (value) => listValue(findDates(textOf(value))),
  'move-date':
    (step) =>
    (value, { answers = {} }, room) =>
      mapTexts(value, (text) => moveDates(text, step, answers, room)),
  'between-dates':
    (step) =>
    (value, { now }) =>
      textValue(betweenDates(textOf(value), step, now)),
  redact:
    ({ as = 'marks' }) =>
    (value, { privateNames = [] }, room) =>
      redact(value, as, privateNames, room),
};

/**
 * Does one step without a model. Throws `step/…` for a text that it cannot be done with, and where it would make too much or take
 * too long, however its file has that come about.
 */
export async function runPlainStep(step: PlainStep, value: Value, tools: StepTools): Promise<Value> {
  const work = await (runners[step.do] as Runner<PlainStep['do']>)(step as never);
  const made = withinTime(tools.limitMs ?? usualLimitMs, () => {
    const result = work(value, tools, new Room());
    if (result.type === 'list') requireItems(result.items.length);
    new Room().take(textOf(result).length);
    return result;
  });
  if (made.type === 'list' && made.items.length === 0)
    throw new AppError('step/nothing-left', `${step.do} left nothing`);
  return made;
}

/** Throws `step/too-large` where `room` does not hold what comes of it. */
function replaceAll(text: string, find: string, by: string, room: Room): string {
  room.take(text.length);
  let count = 0;
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + find.length)) count += 1;
  room.take(count * by.length);
  return text.replaceAll(find, () => by);
}

function itemsOf(value: Value): readonly string[] {
  return value.type === 'list' ? value.items : [textOf(value)];
}

function count(text: string, what: Extract<PlainStep, { readonly do: 'count' }>['what']): number {
  if (what === 'words') return countWords(text);
  return what === 'lines' ? text.replace(/\r?\n$/, '').split('\n').length : [...text].length;
}
