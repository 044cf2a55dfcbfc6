import type { ModelPart } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { eachAtOnce } from '../each-at-once.ts';
import { listValue, type Value } from '../steps/value.ts';
import { askParts, type PartAsk } from './ask-parts.ts';
import type { AskedModel } from './asked-model.ts';
import type { PlanPart } from './plans/plan.ts';
import { isTooLong } from './plans/whole.ts';

export type Failure = Extract<ModelPart, { readonly type: 'failure' }>;
/** It was stopped, with what was made of the items before; null for nothing whole. */
export interface Stopped {
  readonly type: 'stopped';
  readonly made: Value | null;
}
/** The value that a step made, or the failure or stop that it ended with. */
export type StepResult = Value | Failure | Stopped;

/** The answer about one item: null where it was stopped. */
export type Answered = string | Failure | null;

export const cutShort: AppErrorShape = {
  code: 'step/cut',
  message: 'a step wrote as much as it may',
  action: 'try-again',
};

/** The answers about items so far, in the order of the items; null where there is none yet. */
type Answers = readonly (string | null)[];

export interface ListAsk {
  readonly model: AskedModel;
  readonly asks: readonly PartAsk[];
  /** Whether an answer that came to its end is one. */
  readonly fits: (text: string) => boolean;
  readonly signal: AbortSignal;
}

/**
 * Asks about all items as one list, which a model may write together. An answer that is not whole or does not fit is left out of
 * what it returns: that item is asked about by itself, as if nothing had been.
 */
export async function* askTogether({
  model,
  asks,
  fits,
  signal,
}: ListAsk): AsyncGenerator<PlanPart, Answers | Failure | Stopped> {
  const answers: (string | null)[] = asks.map(() => null);
  const written = asks.map(() => '');
  for await (const event of askParts(model, asks, signal)) {
    if (event.type === 'end') {
      if (event.part.type === 'aborted') return stoppedWith(answers);
      return isTooLong(event.part) ? answers : event.part;
    }
    if (event.type === 'text') written[event.index] += event.text;
    if (event.type === 'taken-back') written[event.index] = '';
    if (event.type !== 'finish') continue;
    const text = (written[event.index] ?? '').trim();
    if (event.reason !== 'stop' || text === '' || !fits(text)) continue;
    answers[event.index] = text;
    yield progress(answers);
  }
  return answers;
}

export interface ItemsAsk {
  readonly items: readonly string[];
  /** Answers that there are already. */
  readonly known: Answers;
  /** Items that are asked about together. */
  readonly atOnce: number;
  readonly ask: (item: string, signal: AbortSignal) => AsyncGenerator<PlanPart, Answered>;
  readonly signal: AbortSignal;
}

/**
 * Asks about every item that has no answer yet, several at once. The answers stand in the order of their items, whichever came
 * first; the first that fails ends the others.
 */
export async function* askItems({ items, known, atOnce, ask, signal }: ItemsAsk): AsyncGenerator<PlanPart, StepResult> {
  const answers: (string | null)[] = items.map((_, at) => known[at] ?? null);
  const left = items.flatMap((item, at) => (answers[at] === null ? [{ item, at }] : []));
  const others = new AbortController();
  const all = AbortSignal.any([signal, others.signal]);
  yield progress(answers);
  try {
    for await (const { index, part } of eachAtOnce(left, atOnce, ({ item }) => withAnswer(ask(item, all)))) {
      if (part.type !== 'answered') {
        yield part;
        continue;
      }
      const { answer } = part;
      if (answer === null) return stoppedWith(answers);
      if (typeof answer !== 'string') return answer;
      answers[left[index]?.at ?? index] = answer.trim();
      if (answers.includes(null)) yield progress(answers);
    }
  } finally {
    others.abort();
  }
  return listValue(answers.map((answer) => answer ?? ''));
}

/** Gives what a generator returns as one part more, behind those that it yields. */
async function* withAnswer(
  parts: AsyncGenerator<PlanPart, Answered>,
): AsyncGenerator<PlanPart | { readonly type: 'answered'; readonly answer: Answered }> {
  yield { type: 'answered', answer: yield* parts };
}

function progress(answers: Answers): PlanPart {
  return { type: 'prompt-progress', done: answers.filter((one) => one !== null).length, total: answers.length };
}

/** With the answers before the first that is missing: those behind it would look as if nothing were. */
function stoppedWith(answers: Answers): Stopped {
  const end = answers.indexOf(null);
  const whole = answers.slice(0, end < 0 ? answers.length : end).flatMap((one) => one ?? []);
  return { type: 'stopped', made: whole.length === 0 ? null : listValue(whole) };
}
