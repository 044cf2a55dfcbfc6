import { type Locator, linesOf } from '../../contract/locator.ts';
import { cellRange, clockTime, spanText } from '../../contract/locator-notation.ts';
import { fill, type PromptLanguage, prompts } from './prompts.ts';

type Counted = keyof typeof prompts.locators;

/** A locator in the words of the language that a model is asked in. */
export function nameOfLocator(locator: Locator, language: PromptLanguage): string {
  const lines = linesOf(locator);
  const counted = (unit: Counted, span: { readonly first: number; readonly last: number }) =>
    fill(prompts.locators[unit], language, 'place', spanText(span, '-'));
  if (lines !== null) return counted('line', lines);
  switch (locator.unit) {
    case 'page':
    case 'line':
    case 'paragraph':
    case 'slide':
      return counted(locator.unit, locator);
    case 'message':
      return [counted('message', locator), locator.part].filter((part) => part !== null).join(', ');
    case 'heading':
      return locator.path.join(' > ');
    case 'cells':
      return `${locator.sheet}!${cellRange(locator)}`;
    case 'time':
      return `${clockTime(locator.startMs)}-${clockTime(locator.endMs)}`;
  }
}

/** Whether two passages begin at one place, which is then named once. */
export function beginSame(one: Locator, other: Locator): boolean {
  return beginningOf(one) === beginningOf(other);
}

function beginningOf(locator: Locator): string {
  const lines = linesOf(locator);
  if (lines !== null) return `line ${lines.first}`;
  return 'first' in locator ? `${locator.unit} ${locator.first}` : JSON.stringify(locator);
}
