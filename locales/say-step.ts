import type { Step } from '../contract/atom-steps.ts';
import type { ToldStep } from '../contract/sharing.ts';
import type { AtomWords } from './say-atom.ts';
import { showHidden, showHiddenInLine } from './show-hidden.ts';

type Words = Pick<AtomWords, 'language' | 'say'>;
type Sayer<Name extends Step['do']> = (step: Extract<Step, { readonly do: Name }>, words: Words) => string;

const quoted = (text: string) => showHiddenInLine(text);
/** Line ends of a longer text are shown as signs, since it stands within a sentence. */
const inLine = (text: string) => showHidden(text.trim().replaceAll(/\s*\n\s*/g, ' ↵ '));

const sayers: { readonly [Name in Step['do']]: Sayer<Name> } = {
  prompt: ({ prompt, each, beside }, { say, language }) => {
    const kind = each !== true ? 'prompt' : beside === true ? 'promptBeside' : 'promptEach';
    return say(`step.${kind}`, { prompt: inLine(prompt[language]) });
  },
  case: ({ to }, { say }) => say(`step.case.${to}`),
  clean: ({ what }, { say }) =>
    say('step.clean', { what: what.map((one) => say(`step.cleans.${one}`)).join(say('comma')) }),
  replace: ({ find, with: by }, { say }) =>
    say(by === '' ? 'step.replaceNothing' : 'step.replace', { find: quoted(find), by: quoted(by) }),
  'replace-pattern': ({ pattern, with: by }, { say }) =>
    say(by === '' ? 'step.replacePatternNothing' : 'step.replacePattern', { pattern: quoted(pattern), by: quoted(by) }),
  split: ({ at }, { say }) => say(`step.split.${at}`),
  extract: ({ what }, { say }) => say(`step.extract.${what}`),
  'extract-pattern': ({ pattern }, { say }) => say('step.extractPattern', { pattern: quoted(pattern) }),
  filter: ({ has, not }, { say }) => say(not === true ? 'step.filterNot' : 'step.filter', { has: quoted(has) }),
  'filter-pattern': ({ pattern, not }, { say }) =>
    say(not === true ? 'step.filterPatternNot' : 'step.filterPattern', { pattern: quoted(pattern) }),
  sort: ({ by, order }, { say }) => say(`step.${order === 'down' ? 'sortDown' : 'sort'}.${by}`),
  unique: (_, { say }) => say('step.unique'),
  reverse: (_, { say }) => say('step.reverse'),
  join: ({ with: by, mark }, { say }) => {
    if (mark !== undefined) return say(`step.joinMarked.${mark}`);
    return by === undefined || by === '\n' ? say('step.joinLines') : say('step.join', { by: quoted(by) });
  },
  'read-table': (_, { say }) => say('step.readTable'),
  'write-table': ({ as }, { say }) => say(`step.writeTable.${as}`),
  json: ({ style }, { say }) => say(`step.json.${style}`),
  count: ({ what }, { say }) => say(`step.count.${what}`),
  when: ({ has, not }, { say }) => say(not === true ? 'step.whenNot' : 'step.when', { has: quoted(has) }),
  'open-link': (_, { say }) => say('step.openLink'),
  'append-file': ({ file }, { say }) => say('step.appendFile', { file: quoted(file) }),
  'new-file': ({ file }, { say }) => say('step.newFile', { file: quoted(file) }),
  notify: (_, { say }) => say('step.notify'),
  ask: ({ fields }, { say, language }) =>
    say('step.ask', { what: fields.map(({ label }) => inLine(label[language])).join(say('comma')) }),
  total: ({ what }, { say }) => say(`step.total.${what}`),
  calculate: ({ how, by = how === 'round' ? '0' : '1' }, { say }) => say(`step.calculate.${how}`, { by: quoted(by) }),
  'find-dates': (_, { say }) => say('step.findDates'),
  'move-date': ({ by, unit }, { say }) => say('step.moveDate', { by: quoted(by), unit: say(`step.unit.${unit}`) }),
  'between-dates': ({ unit }, { say }) => say('step.betweenDates', { unit: say(`step.unit.${unit}`) }),
  redact: ({ as = 'marks' }, { say }) => say(`step.redact.${as}`),
  translate: ({ to, each }, { say }) =>
    say(each === true ? 'step.translateEach' : 'step.translate', { language: say(`step.language.${to}`) }),
  call: ({ action, may = [] }, { say }) => {
    const rights = may.map((right) => say(`step.right.${right}`)).join(say('comma'));
    return say(may.length === 0 ? 'step.call' : 'step.callMay', { name: quoted(action), rights });
  },
  template: ({ text }, { say, language }) => say('step.template', { text: inLine(text[language]) }),
};

/** A step in words; what its file says in it is quoted, with what is hidden in it shown. */
export function sayStep(words: Words, step: ToldStep): string {
  if (step.do === 'unknown') return words.say('step.unknown', { name: quoted(step.name) });
  const said = (sayers[step.do] as Sayer<Step['do']>)(step as never, words);
  return step.off === true ? words.say('step.off', { step: said }) : said;
}
