import {
  type GenerateInput,
  type GenerateUsage,
  type GenerationHints,
  type ModelPart,
  mostInList,
} from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { type LanguageModel, oneAfterAnother } from '../../models/language-model.ts';
import { splitText } from '../../text/split-text.ts';
import { delimiterOf, quote } from '../prompts/delimiter.ts';
import { mergeInstruction, noteInstruction, textPrompt } from '../prompts/text-prompt.ts';
import { MarkFilter } from './mark-filter.ts';
import { PartsInOrder } from './parts-in-order.ts';
import { type AskEach, askPatiently } from './patience.ts';

export interface LongText {
  readonly text: string;
  /** What is to be done with it. */
  readonly instruction: string;
  /** `each`: the answers of the parts, one after another, are the answer (a translation). `merge`: they are notes for it. */
  readonly way: 'each' | 'merge';
  readonly language: 'en' | 'zh-CN';
}

/** How much of a text was read, in parts; shown with the answer. A part that nothing was written of was not. */
export interface Coverage {
  readonly read: number;
  readonly total: number;
}

/** A part that a small model still reads well, and that leaves room for its answer; in characters. */
const partCharacters = { en: 6000, 'zh-CN': 2200 } as const;
const noteTokens = 120;
const nothingNoted: AppErrorShape = {
  code: 'run/nothing-noted',
  message: 'nothing was written of any part',
  action: 'choose-model',
};

/**
 * Works on a text that is longer than the model's context: part by part, with all of them read, then on the notes of all
 * parts, in as many rounds as it takes. Yields the parts of one generation; `onCoverage` tells how far it is.
 */
export async function* generateInParts(
  model: LanguageModel,
  base: GenerateInput,
  long: LongText,
  signal: AbortSignal,
  onCoverage: (coverage: Coverage) => void,
): AsyncGenerator<ModelPart> {
  const parts = splitText(long.text, partCharacters[long.language]);
  const usage = new UsageSum();
  if (long.way === 'each') {
    yield* eachPart(model, base, { parts, long, signal, onCoverage, usage });
    return;
  }
  let notes: readonly string[] = parts;
  let firstRound = true;
  const rounds = new Rounds();
  while (firstRound || joined(notes).length > partCharacters[long.language]) {
    const groups: readonly string[] = firstRound ? parts : splitText(joined(notes), partCharacters[long.language]);
    // A round that does not get shorter would never end.
    if (!firstRound && groups.length >= notes.length) break;
    const asked = noteInstruction(long.instruction, long.language);
    const asks = groups.map((group) => ask({ ...base, maxTokens: noteTokens }, group, asked));
    const round: string[] = [];
    for await (const event of inBatches(model, asks, signal)) {
      if (event.type === 'end') return yield event.part;
      if (event.type === 'progress') yield rounds.progress(event);
      if (event.type === 'text') round[event.index] = (round[event.index] ?? '') + event.text;
      if (event.type === 'finish') {
        usage.finish(event.part);
        if (firstRound) onCoverage({ read: event.read, total: parts.length });
      }
    }
    notes = round.map((note) => note.trim()).filter((note) => note !== '');
    if (notes.length === 0) return yield { type: 'failure', error: nothingNoted };
    firstRound = false;
    rounds.next();
  }
  const last = ask(base, joined(notes), mergeInstruction(long.instruction, long.language));
  rounds.last();
  const marks = new MarkFilter([last.mark]);
  const askLast: AskEach = (inputs, each) => oneAfterAnother(model.generate.bind(model), inputs, each);
  for await (const { part } of askPatiently(askLast, [last.input], signal)) {
    const ends = part.type === 'finish' || part.type === 'failure' || part.type === 'aborted';
    const text = part.type === 'text-delta' ? marks.push(part.text) : ends ? marks.end() : '';
    if (text !== '') yield { type: 'text-delta', text };
    if (part.type === 'text-was-thinking') marks.restart();
    if (part.type === 'prompt-progress') yield rounds.progress(part);
    else if (part.type !== 'text-delta') yield part.type === 'finish' ? usage.finish(part) : part;
  }
}

interface EachPart {
  readonly parts: readonly string[];
  readonly long: LongText;
  readonly signal: AbortSignal;
  readonly onCoverage: (coverage: Coverage) => void;
  readonly usage: UsageSum;
}

async function* eachPart(
  model: LanguageModel,
  base: GenerateInput,
  { parts, long, signal, onCoverage, usage }: EachPart,
): AsyncGenerator<ModelPart> {
  let finish: Extract<ModelPart, { type: 'finish' }> | null = null;
  let cut = false;
  const asks = parts.map((part) => {
    const { input, mark } = ask(base, part.trim(), long.instruction);
    return { input: { ...input, hints: draftOf(base, part.trim()) }, mark };
  });
  const answer = new PartsInOrder(parts);
  for await (const event of inBatches(model, asks, signal)) {
    if (event.type === 'end') return yield event.part;
    if (event.type === 'progress' && !answer.hasBegun)
      yield { type: 'prompt-progress', done: event.done, total: event.total };
    if (event.type === 'text') answer.write(event.index, event.text);
    if (event.type === 'finish') {
      finish = usage.finish(event.part);
      cut ||= event.part.reason !== 'stop';
      answer.end(event.index);
    }
    const text = answer.take();
    if (text !== '') yield { type: 'text-delta', text };
    // Not those that are ahead of their turn: they go with the run when it ends before.
    if (event.type === 'finish') onCoverage({ read: answer.written, total: parts.length });
  }
  if (finish === null) return;
  if (answer.written === 0) yield { type: 'failure', error: nothingNoted };
  else yield { ...finish, reason: cut ? 'length' : 'stop' };
}

type BatchEvent =
  /** Tells how much of all parts is done, in thousandths: reading a part is most of its work. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'text'; readonly index: number; readonly text: string }
  | {
      readonly type: 'finish';
      readonly index: number;
      /** Parts that have ended and that something was written of. */
      readonly read: number;
      readonly part: Extract<ModelPart, { type: 'finish' }>;
    }
  /** A failure or an abort of one ends all. */
  | { readonly type: 'end'; readonly part: ModelPart };

const readingShare = 0.7;

/** Asks all of them, as many at once as the model takes. Each answer comes without the marks of its own text. */
async function* inBatches(
  model: LanguageModel,
  asks: readonly Asked[],
  signal: AbortSignal,
): AsyncGenerator<BatchEvent> {
  const written = new Set<number>();
  let read = 0;
  const inputs = asks.map(({ input }) => input);
  const marks = asks.map(({ mark }) => new MarkFilter([mark]));
  const shares = inputs.map(() => 0);
  const progress = (): BatchEvent => {
    const done = shares.reduce((sum, share) => sum + share, 0) / inputs.length;
    return { type: 'progress', done: Math.round(done * 1000), total: 1000 };
  };
  for (let start = 0; start < inputs.length; start += mostInList) {
    const list = inputs.slice(start, start + mostInList);
    const askEach = model.generateEach.bind(model);
    for await (const { index: place, part } of askPatiently(askEach, list, signal)) {
      const index = start + place;
      if (part.type === 'failure' || part.type === 'aborted') return yield { type: 'end', part };
      const ended = part.type === 'finish';
      const text = part.type === 'text-delta' ? marks[index]?.push(part.text) : ended ? marks[index]?.end() : '';
      if (text !== undefined && text !== '') yield { type: 'text', index, text };
      if (text?.trim()) written.add(index);
      if (part.type === 'prompt-progress') shares[index] = (readingShare * part.done) / Math.max(1, part.total);
      if (ended) {
        shares[index] = 1;
        if (written.has(index)) read += 1;
        yield { type: 'finish', index, read, part };
      }
      if (part.type === 'prompt-progress' || ended) yield progress();
    }
  }
}

/** How far all rounds together are: the first one reads the whole text, each later one takes half of what is left. */
class Rounds {
  #from = 0;
  #to = 0.9;

  next(): void {
    this.#from = this.#to;
    this.#to += (1 - this.#to) / 2;
  }

  last(): void {
    this.#to = 1;
  }

  /** Says how far the round that goes on has come, as a share of all rounds, in thousandths. */
  progress({ done, total }: { readonly done: number; readonly total: number }): ModelPart {
    const share = this.#from + (this.#to - this.#from) * (done / Math.max(1, total));
    return { type: 'prompt-progress', done: Math.round(share * 1000), total: 1000 };
  }
}

function draftOf({ hints }: GenerateInput, part: string): GenerationHints {
  return hints.draftFrom === undefined ? {} : { draftFrom: quote(part) };
}

function joined(notes: readonly string[]): string {
  return notes.join('\n');
}

interface Asked {
  readonly input: GenerateInput;
  /** That the text stands between. */
  readonly mark: string;
}

function ask(base: GenerateInput, text: string, instruction: string): Asked {
  // What was known of the whole answer does not hold of that to a part.
  return { input: { ...base, messages: textPrompt(text, instruction), hints: {} }, mark: delimiterOf(text) };
}

/** Tokens over all generations of one answer. */
class UsageSum {
  #prompt = 0;
  #output = 0;

  finish(part: Extract<ModelPart, { type: 'finish' }>): Extract<ModelPart, { type: 'finish' }> {
    this.#prompt += part.usage.promptTokens ?? 0;
    this.#output += part.usage.outputTokens ?? 0;
    const usage: GenerateUsage = { ...part.usage, promptTokens: this.#prompt, outputTokens: this.#output };
    return { ...part, usage };
  }
}
