import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { GenerateInput } from '../../contract/engine.ts';
import { DraftPace } from './draft-pace.ts';
import { EditPointer } from './edit-pointer.ts';
import { samplerWasMade } from './sampler-memory.ts';

/** Drafts are for greedy answers alone that no schema holds, and for models whose state can be taken back token by token. */
export function canDraft({ hints, sampling, answerSchema }: GenerateInput, sequence: LlamaContextSequence): boolean {
  const plain = sampling.repeatPenalty === undefined && sampling.presencePenalty === undefined;
  if (answerSchema !== undefined) return false;
  return hints.draftFrom !== undefined && sampling.temperature === 0 && plain && !sequence.needsCheckpoints;
}

export interface DraftedInput {
  /** The last token of the prompt, which has not been read yet. */
  readonly last: Token;
  /** Tokens of the text that the answer mostly repeats. */
  readonly source: readonly Token[];
  /** Tokens of the answer that were written before; drafts go on from where they end in the text. */
  readonly before: readonly Token[];
  /** Longest answer, in tokens. */
  readonly most: number;
}

/**
 * The tokens of a greedy answer, the same ones as without drafts: a piece of the text is read as if the model had written
 * it, which costs less than writing it token by token; what the model would have written otherwise is taken back.
 * Costs of reading several tokens at once: performance notes in `docs/decisions`.
 */
export async function* draftedTokens(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  { last, source, before, most }: DraftedInput,
): AsyncGenerator<Token> {
  const pointer = new EditPointer(source, (index) => startsWord(model, source[index]));
  for (const token of before) pointer.advance(token);
  const pace = new DraftPace();
  let next = last;
  let written = 0;
  while (written < most) {
    const draft = pointer.draft(Math.min(pace.length, most - written - 1)) as readonly Token[];
    const startedAt = performance.now();
    const begin = sequence.nextTokenIndex;
    const read = [next, ...draft];
    const answers = await sequence.controlledEvaluate(
      read.map((token) => [token, { generateNext: { token: true, options: { temperature: 0 } } }]),
    );
    const accepted = accept(read, answers);
    // Only the drafts that the model would have written itself stay of what was read.
    const kept = begin + accepted.length;
    if (sequence.nextTokenIndex > kept)
      await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }]);
    samplerWasMade();
    pace.took(performance.now() - startedAt, draft.length, accepted.length);
    for (const token of accepted) {
      if (model.isEogToken(token)) return;
      pointer.advance(token);
      written += 1;
      yield token;
      next = token;
    }
    if (accepted.length === 0) return;
  }
}

/** The model's own tokens, for as long as what was read after each is what it would have written. */
function accept(
  read: readonly Token[],
  answers: readonly ({ readonly next: { readonly token?: Token | null } } | undefined)[],
): readonly Token[] {
  const accepted: Token[] = [];
  for (const [index, answer] of answers.entries()) {
    const token = answer?.next.token;
    if (token == null) break;
    accepted.push(token);
    if (read[index + 1] !== token) break;
  }
  return accepted;
}

function startsWord(model: LlamaModel, token: Token | undefined): boolean {
  if (token === undefined) return true;
  return (
    !/^[\p{Letter}\p{Number}]/u.test(model.detokenize([token])) || /^\p{Script=Han}/u.test(model.detokenize([token]))
  );
}
