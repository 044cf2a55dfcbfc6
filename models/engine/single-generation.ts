import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { GenerateInput, GenerateUsage, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { Repeats, repeats } from './broken-weights.ts';
import { canDraft, draftedTokens } from './drafted-tokens.ts';
import type { GrowingContext } from './growing-context.ts';
import { heldToSchema } from './held-to-schema.ts';
import { createReader, type Prompt, type PromptMaker, samplingOptions, toParts } from './llama-chat.ts';
import { contextFull, fitPrompt } from './llama-prompt.ts';
import { readTokens } from './read-tokens.ts';

/** Room that is made for an answer before it begins; a longer one makes room for itself. */
const usualAnswerTokens = 1024;

/** A model in memory with the one window that single answers are written in. */
export interface SinglePlace {
  readonly model: LlamaModel;
  readonly context: GrowingContext;
  readonly prompts: PromptMaker;
}

/** Reads a prompt into the window and writes nothing. Throws AppErrors. */
export async function* prefill(
  { context, prompts }: SinglePlace,
  messages: readonly PromptMessage[],
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const prompt = prompts.create({ thinking: 'off', hints: {} }, signal);
  const input = { messages: [...messages], maxTokens: 1, hints: {} };
  const read = yield* readPrompt(context, prompt, { input, answerTokens: 1 }, signal);
  if (read === null) yield { type: 'aborted' };
  else yield { type: 'finish', reason: 'stop', usage: { ...read.usage, outputTokens: 0 } };
}

/** One answer, which takes the whole window. Throws AppErrors. */
export async function* generateSingle(
  { model, context, prompts }: SinglePlace,
  input: GenerateInput,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const prompt = prompts.create(input, signal);
  const held = await heldToSchema(model, input);
  const drafts = canDraft(input, context.sequence) ? tokeniseDrafts(model, input) : null;
  const answerTokens = roomForAnswer(input.maxTokens, context.tokens, drafts);
  const read = yield* readPrompt(context, prompt, { input, answerTokens }, signal);
  if (read === null) return yield { type: 'aborted' };
  const { tokens } = read;
  let { last } = read;
  const most = Math.min(input.maxTokens, context.limitTokens - tokens.length - 1);
  const { text, splitter } = createReader(model, prompt, input, tokens);
  const same = new Repeats(tokens);
  let outputTokens = 0;
  let full = false;
  do {
    const room = Math.min(most, context.tokens - tokens.length - 1);
    const next: AsyncIterable<Token> =
      drafts !== null && outputTokens === 0
        ? draftedTokens(model, context.sequence, { last, ...drafts, most: room })
        : context.sequence.evaluate([last], samplingOptions(input, held));
    for await (const token of next) {
      if (signal.aborted) return yield { type: 'aborted' };
      outputTokens += 1;
      last = token;
      const written = text.push(token);
      yield* toParts(splitter.push(written));
      same.add(token, written);
      full = outputTokens >= room && !splitter.stopped;
      if (full || same.isStuck || splitter.stopped) break;
    }
    // Drafts may have been read beyond the token that was full.
    await trim(context.sequence, tokens.length - 1 + outputTokens);
    // Full in the middle of an answer: it goes on in the larger window, or ends here.
  } while (full && !same.isStuck && outputTokens < most && (await context.makeRoomFor(context.tokens + 1)));
  yield* toParts([...splitter.push(text.end()), ...splitter.end()]);
  if (same.isStuck) throw repeats();
  yield { type: 'finish', reason: full ? 'length' : 'stop', usage: { ...read.usage, outputTokens } };
}

interface PromptToRead {
  readonly input: Pick<GenerateInput, 'messages' | 'maxTokens' | 'hints'>;
  /** Room that is made for an answer behind it. */
  readonly answerTokens: number;
}

interface ReadPrompt {
  readonly tokens: readonly Token[];
  /** The one that is not evaluated yet: its logits are where the answer starts. */
  readonly last: Token;
  readonly usage: Omit<GenerateUsage, 'outputTokens'>;
}

/** Gives back what was read, or null when `signal` aborted it. */
async function* readPrompt(
  context: GrowingContext,
  prompt: Prompt,
  { input, answerTokens }: PromptToRead,
  signal: AbortSignal,
): AsyncGenerator<ModelPart, ReadPrompt | null> {
  const fitted = await fitPrompt(input.messages, context.limitTokens, input, prompt.tokenise);
  const { droppedMessages } = fitted;
  if (droppedMessages > 0) yield { type: 'messages-dropped', count: droppedMessages };
  const tokens = fitted.tokens as Token[];
  await context.makeRoomFor(tokens.length + answerTokens);
  if (tokens.length >= context.tokens) throw contextFull(tokens.length, context.tokens);
  await context.sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  const cachedTokens = context.sequence.nextTokenIndex;
  yield* readTokens(context.sequence, tokens, signal);
  if (signal.aborted) return null;
  const last = tokens.at(-1);
  if (last === undefined) throw new AppError('app/internal', 'the chat template gave no tokens');
  const usage = { promptTokens: tokens.length, cachedTokens, contextTokens: context.limitTokens, droppedMessages };
  return { tokens, last, usage };
}

interface DraftTokens {
  /** Tokens of the text that the answer follows. */
  readonly source: readonly Token[];
  /** Tokens that the answer has already. */
  readonly before: readonly Token[];
}

function tokeniseDrafts(model: LlamaModel, { hints: { draftFrom = '', continueFrom } }: GenerateInput): DraftTokens {
  return { source: model.tokenize(draftFrom), before: model.tokenize(continueFrom?.text ?? '') };
}

/** In tokens. An answer that follows a text is about as long as that text, and room made on the way would break its drafts off. */
function roomForAnswer(maxTokens: number, contextTokens: number, drafts: DraftTokens | null): number {
  const usual = Math.min(maxTokens, usualAnswerTokens, Math.floor(contextTokens / 4));
  return Math.max(usual, Math.ceil((drafts?.source.length ?? 0) * 1.2));
}

/** Forgets what a sequence has read beyond so many tokens. */
async function trim(sequence: LlamaContextSequence, tokens: number): Promise<void> {
  if (sequence.nextTokenIndex > tokens)
    await sequence.eraseContextTokenRanges([{ start: tokens, end: sequence.nextTokenIndex }]);
}
