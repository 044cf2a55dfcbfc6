import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { ModelPart } from '../../contract/engine.ts';
import { prefillChunkTokens } from './llama-prompt.ts';
import { samplerWasMade } from './sampler-memory.ts';

/**
 * Reads what a sequence does not hold of a prompt, all but its last token, whose evaluation is where an answer starts. Tells
 * before each chunk how far it is; an abort is seen between two, and what was read stays read.
 */
export async function* readTokens(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const end = tokens.length - 1;
  for (let start = sequence.nextTokenIndex; start < end; start += prefillChunkTokens) {
    if (signal.aborted) return;
    yield { type: 'prompt-progress', done: start, total: tokens.length };
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(start, Math.min(start + prefillChunkTokens, end)));
    samplerWasMade();
  }
  yield { type: 'prompt-progress', done: tokens.length, total: tokens.length };
}
