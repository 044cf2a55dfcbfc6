import type { AtomFile } from '../../contract/atom.ts';
import { asksModel, type CallRight, isDeed, type Step, stepsDone } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import type { AtomPlan, Touches } from '../../contract/sharing.ts';
import { planSteps } from './plan-steps.ts';
import { stepsOf } from './steps-of.ts';

/** Items of a list that a model is asked about, one by one, as `core/answers` has it. */
export const mostAskedOfList = 200;

/** Stands for the files that a called action names; no file has this name. */
export const anyFile = '*';

function distinct(all: readonly string[]): string[] {
  return [...new Set(all)].sort();
}

/** What an atom may touch: what its steps come to, narrowed by its own word. */
export function touchesOf(file: AtomFile): Touches {
  const { model, write } = file.permissions ?? {};
  const steps = stepsOf(file);
  const asks = steps.some(asksModel);
  const may = (right: CallRight) => steps.some((step) => step.do === 'call' && step.may?.includes(right));
  return {
    reads: 'selection',
    model: asks ? (model === 'here' ? 'here' : 'any') : 'none',
    writes: file.output === 'replace' && write !== 'nothing' ? 'selection' : 'nothing',
    opens: may('open') || steps.some((step) => step.do === 'open-link'),
    notifies: may('notify') || steps.some((step) => step.do === 'notify'),
    adds: distinct([
      ...steps.flatMap((step) => ('file' in step ? [step.file] : [])),
      ...(may('write') ? [anyFile] : []),
    ]),
    calls: distinct(steps.flatMap((step) => (step.do === 'call' ? [step.action] : []))),
  };
}

/** A file that claims to do less than its steps say is none to believe. Throws `atom/claims-less`. */
export function requireHonest(file: AtomFile, name: string): void {
  const { model, write } = file.permissions ?? {};
  const steps = stepsOf(file);
  const asksAt = model === 'none' ? steps.findIndex(asksModel) : -1;
  const doesAt = write === 'nothing' ? steps.findIndex((step) => isDeed(step) || mayDo(step)) : -1;
  const at = asksAt < 0 ? doesAt : asksAt;
  if (at < 0) return;
  const context = asksAt < 0 ? 'write' : 'model';
  throw new AppError('atom/claims-less', `${name} does more at step ${at + 1}`, {
    values: { file: name, step: at + 1, context },
  });
}

function mayDo(step: Step): boolean {
  return step.do === 'call' && (step.may ?? []).some((right) => right !== 'model');
}

/** What nothing at all may touch. */
export const touchesNothing: Touches = {
  ...{ reads: 'selection', model: 'none', writes: 'nothing', opens: false, notifies: false },
  ...{ adds: [], calls: [] },
};

type Wider = 'model' | 'server' | 'write' | 'open' | 'notify' | 'add' | 'call';

/** What the new one may touch that the old one may not. */
export function widenedBy(old: Touches, next: Touches): readonly Wider[] {
  const wider: Wider[] = [];
  if (old.model === 'none' && next.model !== 'none') wider.push('model');
  if (old.model !== 'any' && next.model === 'any') wider.push('server');
  if (old.writes === 'nothing' && next.writes === 'selection') wider.push('write');
  if (!old.opens && next.opens) wider.push('open');
  if (!old.notifies && next.notifies) wider.push('notify');
  if (next.adds.some((file) => !old.adds.includes(file))) wider.push('add');
  if (next.calls.some((id) => !old.calls.includes(id))) wider.push('call');
  return wider;
}

/** How steps would run: the types at the edges, and how often a model is asked for a short text. */
export function planOf(steps: readonly Step[]): AtomPlan {
  const plan = planSteps(steps);
  const prompts = stepsDone(steps).filter(asksModel);
  const isMany = (step: Step) => step.do === 'call' || ('each' in step && step.each === true);
  return {
    types: 'types' in plan ? plan.types : [],
    calls: {
      least: prompts.length,
      most: prompts.reduce((sum, step) => sum + (isMany(step) ? mostAskedOfList : 1), 0),
    },
  };
}
