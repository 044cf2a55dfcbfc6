import type { AtomFile } from '../../contract/atom.ts';
import { isDeed, type Step, stepsDone } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import type { AtomPlan, Touches } from '../../contract/sharing.ts';
import { planSteps } from './plan-steps.ts';
import { stepsOf } from './steps-of.ts';

/** Items of a list that a model is asked about, one by one, as `core/answers` has it. */
export const mostAskedOfList = 200;

/** What an atom may touch: what its steps come to, narrowed by its own word. */
export function touchesOf(file: AtomFile): Touches {
  const { model, write } = file.permissions ?? {};
  const steps = stepsOf(file);
  const asks = steps.some((step) => step.do === 'prompt');
  return {
    reads: 'selection',
    model: asks ? (model === 'here' ? 'here' : 'any') : 'none',
    writes: file.output === 'replace' && write !== 'nothing' ? 'selection' : 'nothing',
    opens: steps.some((step) => step.do === 'open-link'),
    notifies: steps.some((step) => step.do === 'notify'),
    adds: [...new Set(steps.flatMap((step) => ('file' in step ? [step.file] : [])))].sort(),
  };
}

/** A file that claims to do less than its steps say is none to believe. Throws `atom/claims-less`. */
export function requireHonest(file: AtomFile, name: string): void {
  const { model, write } = file.permissions ?? {};
  const steps = stepsOf(file);
  const asksAt = model === 'none' ? steps.findIndex((step) => step.do === 'prompt') : -1;
  const doesAt = write === 'nothing' ? steps.findIndex(isDeed) : -1;
  const at = asksAt < 0 ? doesAt : asksAt;
  if (at < 0) return;
  const context = asksAt < 0 ? 'write' : 'model';
  throw new AppError('atom/claims-less', `${name} does more at step ${at + 1}`, {
    values: { file: name, step: at + 1, context },
  });
}

/** What nothing at all may touch. */
export const touchesNothing: Touches = {
  ...{ reads: 'selection', model: 'none', writes: 'nothing', opens: false, notifies: false, adds: [] },
};

type Wider = 'model' | 'server' | 'write' | 'open' | 'notify' | 'add';

/** What the new one may touch that the old one may not. */
export function widenedBy(old: Touches, next: Touches): readonly Wider[] {
  const wider: Wider[] = [];
  if (old.model === 'none' && next.model !== 'none') wider.push('model');
  if (old.model !== 'any' && next.model === 'any') wider.push('server');
  if (old.writes === 'nothing' && next.writes === 'selection') wider.push('write');
  if (!old.opens && next.opens) wider.push('open');
  if (!old.notifies && next.notifies) wider.push('notify');
  if (next.adds.some((file) => !old.adds.includes(file))) wider.push('add');
  return wider;
}

/** How steps would run: the types at the edges, and how often a model is asked for a short text. */
export function planOf(steps: readonly Step[]): AtomPlan {
  const plan = planSteps(steps);
  const prompts = stepsDone(steps).filter((step) => step.do === 'prompt');
  return {
    types: 'types' in plan ? plan.types : [],
    calls: {
      least: prompts.length,
      most: prompts.reduce((sum, step) => sum + (step.each === true ? mostAskedOfList : 1), 0),
    },
  };
}
