import type { StepField, StepKind } from '../../../contract/atom-edit.ts';
import type { StepType } from '../../../contract/atom-steps.ts';
import { type Doc, type StepDoc, without } from './doc.ts';

export type Steps = readonly StepDoc[];

export function inserted(steps: Steps, at: number, step: StepDoc): Steps {
  return steps.toSpliced(at, 0, step);
}

export function removed(steps: Steps, at: number): Steps {
  return steps.toSpliced(at, 1);
}

export function changed(steps: Steps, at: number, step: StepDoc): Steps {
  return steps.toSpliced(at, 1, step);
}

export function moved(steps: Steps, from: number, to: number): Steps {
  const step = steps[from];
  if (step === undefined || to < 0 || to >= steps.length) return steps;
  return steps.toSpliced(from, 1).toSpliced(to, 0, step);
}

export function duplicated(steps: Steps, at: number): Steps {
  const step = steps[at];
  return step === undefined ? steps : inserted(steps, at + 1, step);
}

/** Switched off, or on again. */
export function switched(steps: Steps, at: number): Steps {
  const step = steps[at];
  if (step === undefined) return steps;
  return changed(steps, at, step['off'] === true ? without(step, ['off']) : { ...step, off: true });
}

/** A step with one field filled in; what says nothing is left out where it may be. */
export function withField(step: StepDoc, { name, optional, usual }: StepField, value: unknown): StepDoc {
  const isNothing = value === undefined || value === '' || value === false || value === usual;
  return optional && isNothing ? without(step, [name]) : { ...step, [name]: value };
}

/** A new step of a kind: what has to be chosen is, what has to be written is empty. */
export function newStep({ do: name, fields }: StepKind): StepDoc {
  const filled = fields.filter(({ optional }) => !optional).map((field) => [field.name, emptyValue(field)] as const);
  return { do: name, ...Object.fromEntries(filled) };
}

function emptyValue({ kind, options }: StepField): unknown {
  switch (kind) {
    case 'choice':
      return options[0];
    case 'choices':
      return [...options];
    case 'both':
      return { en: '', 'zh-CN': '' };
    case 'switch':
      return false;
    case 'form':
      return [newAsked([])];
    default:
      return '';
  }
}

/** One more thing to ask for, by the first name that is free. */
export function newAsked(fields: readonly Doc[]): Doc {
  const names = new Set(fields.map(({ name }) => name));
  const numbered = fields.map((_, at) => `answer-${at + 2}`);
  const name = ['answer', ...numbered].find((one) => !names.has(one)) ?? '';
  return { name, label: { en: 'Your answer', 'zh-CN': '你的回答' }, type: 'text' };
}

/** What a step takes and makes, as it is filled in. */
export function portOf(step: StepDoc, kind: StepKind): Pick<StepKind, 'takes' | 'makes'> {
  return kind.whenEach !== null && step['each'] === true ? kind.whenEach : kind;
}

export function fits(kind: Pick<StepKind, 'takes'>, type: StepType | null): boolean {
  return type === null || kind.takes.includes(type);
}

/** The kind of step that stands between a type and a step that does not take it; null where no single one does. */
export function bridge(kinds: readonly StepKind[], from: StepType, takes: readonly StepType[]): StepKind | null {
  const leads = ({ takes: from_, makes, usesModel, fields }: StepKind) =>
    !usesModel &&
    from_.includes(from) &&
    makes !== 'same' &&
    takes.includes(makes) &&
    // Nothing that has to be written first.
    fields.every(({ optional, kind }) => optional || kind === 'choice');
  return kinds.find(leads) ?? null;
}
