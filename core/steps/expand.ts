import type { AtomFile } from '../../contract/atom.ts';
import { type CallRight, type CallStep, type Step, stepsDone } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { fill, prompts } from '../prompts/prompts.ts';
import { planSteps } from './plan-steps.ts';
import { stepsOf } from './steps-of.ts';
import { touchesOf } from './touches.ts';

/** What steps that stand for others are made of. */
export interface ExpandMeans {
  /** An action that is here, with the hash of what it does; null where there is none. */
  readonly find: (id: string) => { readonly file: AtomFile; readonly hash: string } | null;
  /** The language that the person reads. */
  readonly language: 'en' | 'zh-CN';
}

/** Steps as they are done: none of them stands for others. */
export interface Expanded {
  readonly steps: readonly Step[];
  /** The place of the step that each was made of, among those that were given; from 0. */
  readonly places: readonly number[];
  /** A called action says that its questions stay on this machine. */
  readonly staysHere: boolean;
}

/** Actions that call one another, one within the other. */
const deepest = 5;
/** Steps and calls that one chain may come to. */
const mostSteps = 100;

interface Way {
  /** Ids of the actions that are being called, the outermost first. */
  readonly within: readonly string[];
  /** Counted from 1, in the chain that was given. */
  readonly step: number;
  /** What is left of steps and calls. */
  readonly left: { count: number };
  staysHere: boolean;
}

/**
 * Puts in the place of each call what that action does, and in the place of a translation its question. So types, labels, limits and
 * grants see all that is done, and nothing else is. What a called action may do beyond what its step allows is refused, and so is one that
 * leads back to itself. Throws `step/call-…`.
 */
export function expandSteps(id: string, steps: readonly Step[], means: ExpandMeans): Expanded {
  const left = { count: mostSteps };
  const made: Step[] = [];
  const places: number[] = [];
  let staysHere = false;
  for (const [index, step] of steps.entries()) {
    const way: Way = { within: [id], step: index + 1, left, staysHere: false };
    const own = expandStep(step, means, way);
    staysHere ||= way.staysHere;
    made.push(...own);
    places.push(...own.map(() => index));
  }
  return { steps: made, places, staysHere };
}

function expandStep(step: Step, means: ExpandMeans, way: Way): readonly Step[] {
  if (step.off === true) return [step];
  way.left.count -= 1;
  if (way.left.count < 0) throw refused('step/call-too-deep', way, way.within.at(-1) ?? '');
  if (step.do === 'call') return expandCall(step, means, way);
  if (step.do !== 'translate') return [step];
  const to = step.to === 'person' ? means.language : step.to;
  const prompt = { en: said(to, 'en'), 'zh-CN': said(to, 'zh-CN') };
  return [{ do: 'prompt', prompt, sampling: { temperature: 0 }, ...(step.each === true ? { each: true } : {}) }];
}

function said(to: keyof (typeof prompts)['languages'], language: 'en' | 'zh-CN'): string {
  return fill(prompts.translate, language, 'language', prompts.languages[to][language]);
}

function expandCall(step: CallStep, means: ExpandMeans, way: Way): readonly Step[] {
  const { action, hash, may = [] } = step;
  if (way.within.includes(action)) throw refused('step/call-circle', way, action);
  if (way.within.length > deepest) throw refused('step/call-too-deep', way, action);
  const found = means.find(action);
  if (found === null) throw refused('step/call-gone', way, action);
  if (hash !== undefined && hash !== found.hash) throw refused('step/call-changed', way, action);
  const beyond = rightsOf(found.file).find((right) => !may.includes(right));
  if (beyond !== undefined) throw refused('step/call-does-more', way, action, beyond);
  const inner = { ...way, within: [...way.within, action] };
  const steps = stepsOf(found.file).flatMap((one) => expandStep(one, means, inner));
  way.staysHere ||= inner.staysHere || touchesOf(found.file).model === 'here';
  return [...steps, ...asText(steps)];
}

/** What an action may do beside making a text of a text. */
function rightsOf(file: AtomFile): readonly CallRight[] {
  const { model, opens, notifies, adds } = touchesOf(file);
  return [
    ...(model === 'none' ? [] : (['model'] as const)),
    ...(opens ? (['open'] as const) : []),
    ...(adds.length > 0 ? (['write'] as const) : []),
    ...(notifies ? (['notify'] as const) : []),
  ];
}

/** A called action makes a text, as it would be shown. */
function asText(steps: readonly Step[]): readonly Step[] {
  const plan = planSteps(stepsDone(steps));
  const type = 'types' in plan ? (plan.types.at(-1) ?? 'text') : 'text';
  if (type === 'list') return [{ do: 'join' }];
  return type === 'table' ? [{ do: 'write-table', as: 'tabs' }] : [];
}

function refused(
  code: `step/call-${string}` & AppError['code'],
  { step }: Way,
  name: string,
  right?: string,
): AppError {
  const values = { step, name, ...(right === undefined ? {} : { context: right }) };
  return new AppError(code, `step ${step} calls ${name}`, { values });
}
