import type { ChatHistoryItem, ChatWrapper, LlamaModel, Token } from 'node-llama-cpp';
import { resolveChatWrapper } from 'node-llama-cpp';
import type { GenerateInput, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { type TextPiece, TextSplitter } from '../thinking/text-splitter.ts';
import { toPart } from '../thinking/to-part.ts';
import type { LoadRequest } from './llama-engine.ts';
import { TokenText } from './token-text.ts';

export type Prompt = ReturnType<typeof createPrompt>;

/** Prompts of one model. Which template it has takes up to a quarter of a second to find out, and a list has dozens of prompts. */
export class PromptMaker {
  readonly #model: LlamaModel;
  readonly #thinking: LoadRequest['thinking'];
  readonly #wrappers = new Map<boolean, ChatWrapper>();

  constructor(model: LlamaModel, thinking: LoadRequest['thinking']) {
    this.#model = model;
    this.#thinking = thinking;
  }

  create(input: GenerateInput): Prompt {
    const quiet = this.#thinking === 'switchable' && input.thinking === 'off';
    const wrapper = this.#wrappers.get(quiet) ?? resolve(this.#model, quiet);
    this.#wrappers.set(quiet, wrapper);
    return createPrompt(this.#model, wrapper, { input, quiet });
  }
}

function resolve(model: LlamaModel, quiet: boolean): ChatWrapper {
  const settings = { customWrapperSettings: { qwen: { thoughts: 'discourage' as const } } };
  return resolveChatWrapper(model, quiet ? settings : {});
}

/** A prompt in the model's own chat template, and how its answers are to be read. */
function createPrompt(
  model: LlamaModel,
  wrapper: ChatWrapper,
  { input, quiet }: { readonly input: GenerateInput; readonly quiet: boolean },
) {
  let last = wrapper.generateContextState({ chatHistory: toHistory(input.messages, input.answerSoFar) });
  const tokenise = (messages: readonly PromptMessage[]) => {
    last = wrapper.generateContextState({ chatHistory: toHistory(messages, input.answerSoFar) });
    return last.contextText.tokenize(model.tokenizer);
  };
  return {
    tokenise,
    stops: () =>
      last.stopGenerationTriggers
        .map((trigger) => trigger.values.filter((value) => typeof value === 'string').join(''))
        .filter((stop) => stop.trim() !== ''),
    startsThinking: () => !quiet && opensThinking(wrapper, last.contextText.toString()),
  };
}

/** Reads the tokens of an answer to a prompt of these `tokens`. */
export function createReader(model: LlamaModel, prompt: Prompt, input: GenerateInput, tokens: readonly Token[]) {
  const goesOn = input.answerSoFar !== undefined;
  const detokenise = (piece: readonly number[], before: readonly number[]) =>
    model.detokenize(piece as Token[], false, before as Token[]);
  return {
    text: new TokenText(detokenise, goesOn ? tokens : []),
    splitter: new TextSplitter(prompt.stops(), { startsThinking: prompt.startsThinking(), goesOn }),
  };
}

/** Some templates end with an open `<think>`, so that the first tokens of the answer are thinking already. */
function opensThinking(_wrapper: ChatWrapper, promptText: string): boolean {
  return promptText.trimEnd().endsWith('<think>');
}

function toHistory(messages: readonly PromptMessage[], answerSoFar?: string): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = messages.map(({ role, text }) =>
    role === 'assistant' ? { type: 'model', response: [text] } : { type: role, text },
  );
  // An answer at the end stays open in the template; an empty one asks for the beginning of one.
  history.push({ type: 'model', response: answerSoFar === undefined ? [] : [answerSoFar] });
  return history;
}

export function samplingOptions({ sampling, seed }: GenerateInput) {
  const { temperature, topP, topK, minP, repeatPenalty, presencePenalty } = sampling;
  const penalty = repeatPenalty !== undefined || presencePenalty !== undefined;
  return {
    temperature,
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(minP === undefined ? {} : { minP }),
    ...(seed === undefined ? {} : { seed }),
    ...(penalty
      ? {
          repeatPenalty: {
            punishTokens: () => [],
            ...(repeatPenalty === undefined ? {} : { penalty: repeatPenalty }),
            ...(presencePenalty === undefined ? {} : { presencePenalty }),
          },
        }
      : {}),
  };
}

export function toParts(pieces: readonly TextPiece[]): ModelPart[] {
  return pieces.map(toPart);
}
