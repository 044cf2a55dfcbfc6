import { asksModel, type Step, type StepType } from '../../contract/atom-steps.ts';

/** Which types a step takes, and what it makes of each; `same`: what it took. */
export interface Port {
  readonly takes: readonly StepType[];
  readonly makes: StepType | 'same';
}

const anyText: Port = { takes: ['text', 'list'], makes: 'same' };
const items: Port = { takes: ['list'], makes: 'same' };
const textToList: Port = { takes: ['text'], makes: 'list' };

/** Kinds whose port depends on whether every item is asked about. */
type Asking = 'prompt' | 'translate';

const ports: Readonly<Record<Exclude<Step['do'], Asking>, Port>> = {
  case: anyText,
  clean: anyText,
  replace: anyText,
  'replace-pattern': anyText,
  split: textToList,
  extract: textToList,
  'extract-pattern': textToList,
  filter: items,
  'filter-pattern': items,
  sort: items,
  unique: items,
  reverse: items,
  join: { takes: ['list'], makes: 'text' },
  'read-table': { takes: ['text'], makes: 'table' },
  'write-table': { takes: ['table'], makes: 'text' },
  json: { takes: ['text'], makes: 'text' },
  count: { takes: ['text', 'list'], makes: 'text' },
  when: anyText,
  template: { takes: ['text', 'list', 'table'], makes: 'text' },
  'open-link': { takes: ['text'], makes: 'same' },
  'append-file': { takes: ['text', 'list', 'table'], makes: 'same' },
  'new-file': { takes: ['text', 'list', 'table'], makes: 'same' },
  notify: { takes: ['text', 'list', 'table'], makes: 'same' },
  ask: { takes: ['text', 'list', 'table'], makes: 'same' },
  total: { takes: ['text', 'list', 'table'], makes: 'text' },
  calculate: anyText,
  'find-dates': textToList,
  'move-date': anyText,
  'between-dates': { takes: ['text', 'list'], makes: 'text' },
  redact: anyText,
  call: { takes: ['text'], makes: 'text' },
};

export function portOf(step: Step): Port {
  if (step.do !== 'prompt' && step.do !== 'translate') return ports[step.do];
  return step.each === true ? { takes: ['list'], makes: 'list' } : { takes: ['text', 'list', 'table'], makes: 'text' };
}

/** A chain as it would run on a text, found without running it. */
export interface StepPlan {
  /** What each step makes, in order; one that is switched off makes what came to it. */
  readonly types: readonly StepType[];
  readonly usesModel: boolean;
}

/** Where a step gets what it cannot take. */
export interface WrongEdge {
  /** Index of the step, from 0. */
  readonly step: number;
  readonly got: StepType;
  readonly takes: readonly StepType[];
}

/** Follows the types along the edges. A chain that does not fit together says at which step. */
export function planSteps(steps: readonly Step[]): StepPlan | WrongEdge {
  const types: StepType[] = [];
  let got: StepType = 'text';
  for (const [index, step] of steps.entries()) {
    const made = typeAfter(step, got);
    if (made === null) return { step: index, got, takes: portOf(step).takes };
    got = made;
    types.push(got);
  }
  return { types, usesModel: steps.some((step) => asksModel(step) && step.off !== true) };
}

/** What a step makes of a type; null where it does not take it. */
export function typeAfter(step: Step, got: StepType): StepType | null {
  if (step.off === true) return got;
  const { takes, makes } = portOf(step);
  if (!takes.includes(got)) return null;
  return makes === 'same' ? got : makes;
}
