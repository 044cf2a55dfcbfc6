import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { AskedModel } from './asked-model.ts';

/** Asks the model on this machine instead; null where there is none. */
export type AskHere = (why: AppErrorShape) => Promise<AskedModel | null>;

/**
 * A model elsewhere that is asked as long as its budget has room for it. What the budget refuses has left nothing and written
 * nothing: the model on this machine answers it, and all that is asked after it.
 */
export function withinBudget(elsewhere: AskedModel, askHere: AskHere): AskedModel {
  let here: Promise<AskedModel | null> | null = null;
  const find = (why: AppErrorShape) => {
    here ??= askHere(why);
    return here;
  };
  async function* generate(input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const known = await here;
    if (known !== null) return yield* known.generate(input, signal);
    for await (const part of elsewhere.generate(input, signal)) {
      const instead = isRefusedByBudget(part) ? await find(part.error) : null;
      if (instead !== null) return yield* instead.generate(input, signal);
      yield part;
    }
  }
  async function* generateEach(inputs: readonly GenerateInput[], signal: AbortSignal): AsyncGenerator<IndexedPart> {
    const known = await here;
    if (known !== null) return yield* known.generateEach(inputs, signal);
    const left = new Set(inputs.keys());
    for await (const indexed of elsewhere.generateEach(inputs, signal)) {
      const { index, part } = indexed;
      const instead = isRefusedByBudget(part) ? await find(part.error) : null;
      if (instead !== null) return yield* askRest(instead, inputs, [...left], signal);
      if (part.type === 'finish') left.delete(index);
      yield indexed;
    }
  }
  return { capabilities: elsewhere.capabilities, generate, generateEach };
}

async function* askRest(
  model: AskedModel,
  inputs: readonly GenerateInput[],
  places: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<IndexedPart> {
  const rest = places.flatMap((place) => inputs[place] ?? []);
  for await (const { index, part } of model.generateEach(rest, signal)) yield { index: places[index] ?? index, part };
}

function isRefusedByBudget(part: ModelPart): part is Extract<ModelPart, { readonly type: 'failure' }> {
  return part.type === 'failure' && part.error.code.startsWith('budget/');
}
