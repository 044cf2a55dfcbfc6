import type { FormAnswers, FormField } from '../../contract/atom-forms.ts';
import type { Step } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { readDecimal, writeDecimal } from '../../text/decimals.ts';
import { wholeDatesIn, writeDay } from '../../text/whole-dates.ts';
import { dateAndTime } from './template.ts';

/** All that a person is asked by the steps that are done; what has one name is asked once, as the first step asks it. */
export function fieldsOf(steps: readonly Step[]): readonly FormField[] {
  const fields = steps.flatMap((step) => (step.do === 'ask' && step.off !== true ? step.fields : []));
  return [...new Map(fields.toReversed().map((field) => [field.name, field])).values()].toReversed();
}

/**
 * What a person filled in, as steps take it: numbers with a point, dates as 2029-11-29, no white space around. Throws
 * `step/form-empty` and `step/form-wrong` with the field's name.
 */
export function readAnswers(fields: readonly FormField[], given: FormAnswers): FormAnswers {
  return Object.fromEntries(fields.map((field) => [field.name, readOne(field, answerTo(field, given).trim())]));
}

/** A field may have the name of something that every object has, such as `constructor`. */
function answerTo({ name }: FormField, given: FormAnswers): string {
  return Object.hasOwn(given, name) ? (given[name] ?? '') : '';
}

function readOne({ name, type, options = [], optional }: FormField, text: string): string {
  if (text === '') {
    if (optional === true) return '';
    throw new AppError('step/form-empty', `${name} is empty`, { values: { field: name } });
  }
  const read = type === 'text' ? text : type === 'choice' ? options.find((one) => one === text) : readTyped(type, text);
  if (read === undefined || read === null)
    throw new AppError('step/form-wrong', `${name} is no ${type}`, { values: { field: name, context: type } });
  return read;
}

function readTyped(type: 'number' | 'date', text: string): string | null {
  if (type === 'number') {
    const number = readDecimal(text.replace(/(?<=\d)[,\u202f\u00a0](?=\d{3}(?:\D|$))/g, ''));
    return number === null || text.length > 60 ? null : writeDecimal(number);
  }
  const [day, more] = wholeDatesIn(text);
  const isAll = day !== undefined && more === undefined && day.start === 0 && day.end === text.length;
  return isAll ? writeDay(day) : null;
}

/** What stands in a form at first. */
export function usualOf({ type, usual, options }: FormField, now: Date): string {
  if (type === 'date' && usual === 'today') return dateAndTime(now).date;
  return usual ?? options?.[0] ?? '';
}

/** Answers where nobody is there to give any, as in a trial: what stands in the form at first, or something of its kind. */
export function sampleAnswers(fields: readonly FormField[], language: 'en' | 'zh-CN', now: Date): FormAnswers {
  const anything = { text: '', number: '1', date: dateAndTime(now).date, choice: '' };
  return Object.fromEntries(
    fields.map((field) => {
      const usual = usualOf(field, now);
      if (usual !== '' || field.optional === true) return [field.name, usual];
      return [field.name, field.type === 'text' ? `[${field.label[language]}]` : anything[field.type]];
    }),
  );
}

/** Fills answers in by their names in braces, each once: what an answer says is not looked at again. */
export function fillAnswers(text: string, answers: FormAnswers): string {
  if (Object.keys(answers).length === 0) return text;
  return text.replace(/\{([a-z][a-z0-9-]{0,29})\}/g, (whole, name: string) =>
    Object.hasOwn(answers, name) ? (answers[name] ?? '') : whole,
  );
}
