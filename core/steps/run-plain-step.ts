import type { PlainStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import { join, sort } from './lists.ts';
import { readPattern } from './patterns.ts';
import { readTable, writeTable } from './tables.ts';
import { fillTemplate } from './template.ts';
import { clean, extract, formatJson, split, toCase } from './texts.ts';
import { listValue, mapTexts, textOf, textValue, type Value } from './value.ts';

/** What steps take from outside of themselves. */
export interface StepTools {
  /** The language of the text that the chain began with. */
  readonly language: 'en' | 'zh-CN';
  readonly now: Date;
  /** The text of Markdown as the page reads it. */
  readonly plainOf: (markdown: string) => string;
}

type Runner<Name extends PlainStep['do']> = (
  step: Extract<PlainStep, { readonly do: Name }>,
  value: Value,
  tools: StepTools,
) => Value | Promise<Value>;

/** Characters of one value; a template or a replacement could make more of a few. */
const longestValue = 20_000_000;
const mostItems = 200_000;

const runners: { readonly [Name in PlainStep['do']]: Runner<Name> } = {
  case: ({ to }, value) => mapTexts(value, (text) => toCase(text, to)),
  clean: ({ what }, value, { plainOf }) => mapTexts(value, (text) => clean(text, what, plainOf)),
  replace: ({ find, with: by }, value) => mapTexts(value, (text) => text.replaceAll(find, () => by)),
  'replace-pattern': async ({ pattern, with: by }, value) => {
    const read = await readPattern(pattern);
    return mapTexts(value, (text) => read.replaceAll(text, by));
  },
  split: ({ at }, value, { language }) => listValue(split(textOf(value), at, language)),
  extract: ({ what }, value) => listValue(extract(textOf(value), what)),
  'extract-pattern': async ({ pattern }, value) => listValue((await readPattern(pattern)).findAll(textOf(value))),
  filter: ({ has, not = false }, value) => listValue(itemsOf(value).filter((item) => item.includes(has) !== not)),
  'filter-pattern': async ({ pattern, not = false }, value) => {
    const read = await readPattern(pattern);
    return listValue(itemsOf(value).filter((item) => read.matches(item) !== not));
  },
  sort: (step, value) => listValue(sort(itemsOf(value), step)),
  unique: (_, value) => listValue([...new Set(itemsOf(value))]),
  reverse: (_, value) => listValue(itemsOf(value).toReversed()),
  join: (step, value) => textValue(join(itemsOf(value), step)),
  'read-table': async (_, value) => ({ type: 'table', rows: await readTable(textOf(value)) }),
  'write-table': async ({ as }, value) => textValue(await writeTable(value.type === 'table' ? value.rows : [], as)),
  json: ({ style }, value) => textValue(formatJson(textOf(value), style)),
  count: ({ what }, value) => textValue(String(count(textOf(value), what))),
  template: ({ text }, value, { language, now }) => textValue(fillTemplate(text[language], textOf(value), now)),
};

/** Does one step without a model. Throws `step/…` for a text that it cannot be done with. */
export async function runPlainStep(step: PlainStep, value: Value, tools: StepTools): Promise<Value> {
  const made = await (runners[step.do] as Runner<PlainStep['do']>)(step as never, value, tools);
  if (made.type === 'list' && made.items.length === 0)
    throw new AppError('step/nothing-left', `${step.do} left nothing`);
  const isTooLarge = made.type === 'list' ? made.items.length > mostItems : textOf(made).length > longestValue;
  if (isTooLarge) throw new AppError('step/too-large', `${step.do} made too much`);
  return made;
}

function itemsOf(value: Value): readonly string[] {
  return value.type === 'list' ? value.items : [textOf(value)];
}

function count(text: string, what: Extract<PlainStep, { readonly do: 'count' }>['what']): number {
  if (what === 'words') return countWords(text);
  return what === 'lines' ? text.replace(/\r?\n$/, '').split('\n').length : [...text].length;
}
