import type { Token } from 'node-llama-cpp';
import type { GenerateInput } from '../../contract/engine.ts';
import { PromptMaker } from '../../models/engine/llama-chat.ts';
import { prefillChunkTokens } from '../../models/engine/llama-prompt.ts';
import { startLlama } from '../../models/engine/start-llama.ts';
import type { ModelFile } from '../areas/benched-model.ts';

export interface TwoAnswers {
  readonly input: GenerateInput;
  readonly one: string;
  readonly other: string;
}

/** Where two answers part: the two tokens, and how likely the model finds each there, read all at once and one by one. */
export interface Parting {
  readonly pieces: readonly [string, string];
  readonly atOnce: readonly [number, number];
  readonly oneByOne: readonly [number, number];
}

/**
 * Looks at the places where greedy answers part. Numbers are rounded differently when tokens are read together, so two
 * tokens may change places where the model hardly prefers one: how hardly is told by their likelihoods.
 */
export async function partingsOf({ path, row }: ModelFile, pairs: readonly TwoAnswers[]): Promise<Parting[]> {
  const llama = await startLlama();
  const model = await llama.loadModel({
    modelPath: path,
    gpuLayers: 0,
    useMmap: false,
    defaultContextFlashAttention: false,
    ignoreMemorySafetyChecks: true,
  });
  const context = await model.createContext({
    contextSize: 4096,
    sequences: 1,
    batchSize: prefillChunkTokens,
    threads: llama.cpuMathCores,
    flashAttention: false,
    ignoreMemorySafetyChecks: true,
  });
  const sequence = context.getSequence();
  try {
    const partings: Parting[] = [];
    for (const { input, one, other } of pairs) {
      const prompts = new PromptMaker({ model, thinking: row.thinking, foreign: null });
      const prompt = await prompts.create(input, new AbortController().signal).tokenise(input.messages);
      const [first, second] = [model.tokenize(one), model.tokenize(other)];
      let same = 0;
      while (same < first.length && first[same] === second[same]) same += 1;
      const end = model.tokens.eos as Token;
      const tokens = [first[same] ?? end, second[same] ?? end] as const;
      const before = [...prompt, ...first.slice(0, same)];
      const last = before.at(-1) as Token;
      const likelihoods = async (step: number): Promise<readonly [number, number]> => {
        await sequence.adaptStateToTokens([], false);
        for (let start = 0; start < before.length - 1; ) {
          const size = start < prompt.length ? Math.min(prefillChunkTokens, prompt.length - start) : step;
          await sequence.evaluateWithoutGeneratingNewTokens(
            before.slice(start, Math.min(start + size, before.length - 1)),
          );
          start += size;
        }
        const [asked] = await sequence.controlledEvaluate([
          [last, { generateNext: { probabilities: true, options: { temperature: 0 } } }],
        ]);
        const found = asked?.next.probabilities;
        return [found?.get(tokens[0]) ?? 0, found?.get(tokens[1]) ?? 0];
      };
      partings.push({
        pieces: [model.detokenize([tokens[0]]), model.detokenize([tokens[1]])],
        atOnce: await likelihoods(16),
        oneByOne: await likelihoods(1),
      });
    }
    return partings;
  } finally {
    await context.dispose();
    await model.dispose();
    await llama.dispose();
  }
}
