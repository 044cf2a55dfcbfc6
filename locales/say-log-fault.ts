import type { LogFault } from '../contract/receipt-log.ts';
import type { Language } from './index.ts';

type Say = (key: string, values: Readonly<Record<string, string | number>>) => string;

/** What is wrong with a log, where, and what of it still holds. `say`: words of the part `usage`. */
export function sayLogFault({ what, line, at, after }: LogFault, say: Say, language: Language): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const values = at === null ? { context: 'undated' } : { context: 'dated', when: format.format(at) };
  const said = say(`fault.${what}`, { line, ...values });
  return after === 0 ? [said] : [said, say('fault.after', { count: after })];
}
