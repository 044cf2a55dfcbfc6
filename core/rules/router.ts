import { AppError } from '../../contract/errors.ts';
import type { Reason } from '../../contract/reason.ts';
import type { Rule } from '../../contract/rule.ts';
import { noRuling, type Ruling } from './match-rules.ts';

/** The models there are, as far as choosing one needs to know. */
export interface Choices {
  /** The one the person chose, where it can run, else the best that is here; null for none. */
  chosenId(): Promise<string | null>;
  /** Whether the person chose it. */
  isChosen(modelId: string): boolean;
  /** The best that runs in Beckon itself: the chosen one where it does; null for none. */
  hereId(): Promise<string | null>;
  exists(modelId: string): Promise<boolean>;
  /** Whether what is asked of it stays on this machine. */
  staysHere(modelId: string): boolean;
}

export interface Wanted {
  /** The one the person wants for this question; null for none. */
  readonly modelId: string | null;
  /** The person wants it answered on this machine. */
  readonly here: boolean;
  /** The model of the action that is used; null for none. */
  readonly actionModelId: string | null;
  readonly ruling: Ruling;
}

export interface Route {
  readonly modelId: string;
  readonly reason: Reason;
}

/** Who answers, and why: a rule that holds back, then the person's word for this question, a rule, the action, their choice. */
export async function route(wanted: Wanted, choices: Choices): Promise<Route> {
  const { ruling, here, modelId } = wanted;
  if (ruling.neverLeaves !== null) return keptHere(wanted, ruling.neverLeaves, choices);
  if (here) return { modelId: await needHere(choices), reason: { type: 'this-time', here: true } };
  if (modelId === null && ruling.here !== null) return keptHere(wanted, ruling.here, choices);
  const free = await routeFreely(wanted, choices);
  if (free === null) throw new AppError('model/none', 'no model is installed', { action: 'get-model' });
  return free;
}

/** The one that would answer without the rule, where it stays here anyway; else the best that is here. */
async function keptHere(wanted: Wanted, rule: Rule, choices: Choices): Promise<Route> {
  const otherwise = await routeFreely({ ...wanted, ruling: noRuling }, choices);
  const stays = otherwise !== null && choices.staysHere(otherwise.modelId);
  return { modelId: stays ? otherwise.modelId : await needHere(choices), reason: { type: 'rule', rule } };
}

/** Null where there is no model. */
async function routeFreely({ modelId, here, actionModelId, ruling }: Wanted, choices: Choices): Promise<Route | null> {
  if (here) return null;
  if (modelId !== null) return { modelId, reason: { type: 'this-time', here: false } };
  const named = ruling.use?.model;
  if (ruling.use !== null && named !== undefined && (await choices.exists(named)))
    return { modelId: named, reason: { type: 'rule', rule: ruling.use } };
  if (actionModelId !== null && (await choices.exists(actionModelId)))
    return { modelId: actionModelId, reason: { type: 'action' } };
  const chosen = await choices.chosenId();
  if (chosen === null) return null;
  if (named !== undefined) return { modelId: chosen, reason: { type: 'gone', of: 'rule' } };
  if (actionModelId !== null) return { modelId: chosen, reason: { type: 'gone', of: 'action' } };
  return { modelId: chosen, reason: { type: choices.isChosen(chosen) ? 'chosen' : 'here-first' } };
}

/** Throws `model/none` where nothing on this machine can answer. */
async function needHere(choices: Choices): Promise<string> {
  const id = await choices.hereId();
  if (id !== null) return id;
  const values = { context: 'kept-here' };
  throw new AppError('model/none', 'no model on this machine, where it has to stay', { values, action: 'get-model' });
}
