import type { ChatHistoryItem, ChatWrapper, LlamaGrammarEvaluationState, LlamaModel, Token } from 'node-llama-cpp';
import { GeneralChatWrapper, JinjaTemplateChatWrapper, resolveChatWrapper } from 'node-llama-cpp';
import type { GenerateInput, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { type TextPiece, ThinkingSplitter } from '../thinking/thinking-splitter.ts';
import { toPart } from '../thinking/to-part.ts';
import type { LoadRequest } from './llama-engine.ts';
import { mostRendered, runTemplate, stopsOf, templateFailed } from './template/limits.ts';
import type { ForeignTemplate, RenderedChat } from './template/template-process.ts';
import { TokenText } from './token-text.ts';

/** Messages in a model's own chat template, and how answers to them are to be read. */
export interface Prompt {
  /** Rejects with `model/template…` where the template is at fault. */
  readonly tokenise: (messages: readonly PromptMessage[]) => Promise<Token[]>;
  /** Strings that end an answer to what was made tokens last. */
  readonly stops: () => readonly string[];
  readonly startsThinking: () => boolean;
}

type Render = (chat: readonly ChatHistoryItem[], signal: AbortSignal) => Promise<RenderedChat>;

export interface PromptMakerOptions {
  readonly model: LlamaModel;
  readonly thinking: LoadRequest['thinking'];
  /** The template of a file that nobody has checked; null for a model that Beckon knows by name. */
  readonly foreign: ForeignTemplate | null;
}

/** Prompts of one model. Which template it has takes up to a quarter of a second to find out, and a list has dozens of prompts. */
export class PromptMaker {
  readonly #options: PromptMakerOptions;
  readonly #renders = new Map<boolean, Render>();

  constructor(options: PromptMakerOptions) {
    this.#options = options;
  }

  /** `signal` ends the rendering of a foreign template. */
  create({ thinking: wanted, hints }: Pick<GenerateInput, 'thinking' | 'hints'>, signal: AbortSignal): Prompt {
    const { model, thinking } = this.#options;
    const quiet = thinking === 'switchable' && wanted === 'off';
    const render = this.#renders.get(quiet) ?? this.#renderOf(quiet);
    this.#renders.set(quiet, render);
    let last: RenderedChat | null = null;
    return {
      tokenise: async (messages) => {
        last = await render(toHistory(messages, hints.continueFrom?.text), signal);
        return last.text.tokenize(model.tokenizer);
      },
      stops: () => last?.stops ?? [],
      startsThinking: () => !quiet && last !== null && opensThinking(last.text.toString()),
    };
  }

  #renderOf(quiet: boolean): Render {
    const { model, foreign } = this.#options;
    const wrapper = runTemplate('understand', () => wrapperOf(model, quiet, foreign));
    if (foreign !== null && wrapper instanceof JinjaTemplateChatWrapper) return (...asked) => foreign.render(...asked);
    // One of the wrappers that the library has does what the template does: the template itself runs no more.
    foreign?.dispose();
    return async (chat) => renderHere(wrapper, chat);
  }
}

/**
 * What writes chats for a model. The library would run a template that its own interpreter cannot read in native code, which
 * nothing can end: with a foreign one it is not given that, and the text is the one that was tried.
 */
function wrapperOf(model: LlamaModel, quiet: boolean, foreign: ForeignTemplate | null): ChatWrapper {
  const settings = quiet ? { customWrapperSettings: { qwen: { thoughts: 'discourage' as const } } } : {};
  if (foreign === null) return resolveChatWrapper(model, settings);
  const { tokenizer, filename, fileInfo, tokens } = model;
  const chatTemplate = foreign.text ?? undefined;
  const metadata = { ...fileInfo.metadata, tokenizer: { ...fileInfo.metadata.tokenizer, chat_template: chatTemplate } };
  const found = resolveChatWrapper({
    ...settings,
    bosString: tokens.bosString,
    architecture: fileInfo.metadata.general?.architecture,
    ...(filename === undefined ? {} : { filename }),
    fileInfo: { ...fileInfo, metadata: metadata as typeof fileInfo.metadata },
    tokenizer,
  });
  return found ?? new GeneralChatWrapper();
}

/** Renders a chat in this process, where it may neither take for ever nor write without end. */
function renderHere(wrapper: ChatWrapper, chat: readonly ChatHistoryItem[]): RenderedChat {
  const state = runTemplate('render', () => wrapper.generateContextState({ chatHistory: [...chat] }));
  const characters = chat.reduce((sum, item) => sum + JSON.stringify(item).length, 0);
  if (state.contextText.toString().length > mostRendered(characters))
    throw templateFailed('it writes far more than the messages');
  return { text: state.contextText, stops: stopsOf(state) };
}

/** Reads the tokens of an answer to a prompt of these `tokens`. */
export function createReader(model: LlamaModel, prompt: Prompt, input: GenerateInput, tokens: readonly Token[]) {
  const goesOn = input.hints.continueFrom !== undefined;
  const detokenise = (piece: readonly number[], before: readonly number[]) =>
    model.detokenize(piece as Token[], false, before as Token[]);
  return {
    text: new TokenText(detokenise, goesOn ? tokens : []),
    splitter: new ThinkingSplitter(prompt.stops(), { startsThinking: prompt.startsThinking(), goesOn }),
  };
}

/** Some templates end with an open `<think>`, so that the first tokens of the answer are thinking already. */
function opensThinking(promptText: string): boolean {
  return promptText.trimEnd().endsWith('<think>');
}

function toHistory(messages: readonly PromptMessage[], begun?: string): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = messages.map(({ role, text }) =>
    role === 'assistant' ? { type: 'model', response: [text] } : { type: role, text },
  );
  // An answer at the end stays open in the template; an empty one asks for the beginning of one.
  history.push({ type: 'model', response: begun === undefined ? [] : [begun] });
  return history;
}

/** `held`: what holds the answer to a schema; the same one for all of an answer. */
export function samplingOptions({ sampling, seed }: GenerateInput, held: LlamaGrammarEvaluationState | null) {
  const { temperature, topP, topK, minP, repeatPenalty, presencePenalty } = sampling;
  const penalty = repeatPenalty !== undefined || presencePenalty !== undefined;
  return {
    temperature,
    ...(held === null ? {} : { grammarEvaluationState: held }),
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
