import { type Locator, linesOf } from '../../contract/locator.ts';
import { cellRange, clockTime, spanText } from '../../contract/locator-notation.ts';

type Language = 'en' | 'zh-CN';
type Counted = 'page' | 'line' | 'slide' | 'message';

/** What a model is told of where a passage stands; `{}` is a number or a range. People read those of `locales/`. */
const names: Readonly<Record<Language, Readonly<Record<Counted, string>>>> = {
  en: { page: 'page {}', line: 'line {}', slide: 'slide {}', message: 'message {}' },
  'zh-CN': { page: '第 {} 页', line: '第 {} 行', slide: '第 {} 张幻灯片', message: '第 {} 封邮件' },
};

/** A locator in the words of the language that a model is asked in. */
export function nameOfLocator(locator: Locator, language: Language): string {
  const lines = linesOf(locator);
  const counted = (unit: Counted, span: { readonly first: number; readonly last: number }) =>
    names[language][unit].replace('{}', spanText(span, '-'));
  if (lines !== null) return counted('line', lines);
  switch (locator.unit) {
    case 'page':
    case 'line':
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
