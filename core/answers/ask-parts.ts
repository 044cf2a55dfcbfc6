import { type GenerateInput, type ModelPart, mostInList } from '../../contract/engine.ts';
import { delimiterOf } from '../prompts/delimiter.ts';
import { textPrompt } from '../prompts/text-prompt.ts';
import { Delimiters } from '../text-filters/delimiters.ts';
import { isEnd } from '../text-filters/text-filter.ts';
import type { AskedModel } from './asked-model.ts';
import { type AskEach, askPatiently } from './patience.ts';

/** Reading a part is so much of its work; writing of it is the rest. */
const readingShare = 0.7;

/** One part of a text, as a model is asked about it. */
export interface PartAsk {
  readonly input: GenerateInput;
  /** What the text stands between. */
  readonly delimiter: string;
}

/** Asks about a part of a text, or about notes on it, as `input` asks about the whole. */
export function askAbout(input: GenerateInput, text: string, instruction: string): PartAsk {
  // What was known of the whole answer does not hold of that to a part.
  return { input: { ...input, messages: textPrompt(text, instruction), hints: {} }, delimiter: delimiterOf(text) };
}

export type PartsEvent =
  /** Tells how much of all parts is done, in thousandths. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'text'; readonly index: number; readonly text: string }
  /** What was written of the part so far was thought. */
  | { readonly type: 'taken-back'; readonly index: number }
  | {
      readonly type: 'finish';
      readonly index: number;
      readonly reason: Extract<ModelPart, { readonly type: 'finish' }>['reason'];
      /** Parts that have ended and that something was written of. */
      readonly read: number;
    }
  /** A failure or an abort of one ends all. */
  | { readonly type: 'end'; readonly part: Extract<ModelPart, { readonly type: 'failure' | 'aborted' }> };

/** Asks about all parts, as many at once as the model takes. Each answer comes without the delimiters of its own text. */
export async function* askParts(
  model: AskedModel,
  asks: readonly PartAsk[],
  signal: AbortSignal,
): AsyncGenerator<PartsEvent> {
  const counts = new PartCounts(asks.length);
  const filters = asks.map(({ delimiter }) => new Delimiters([delimiter]));
  const inputs = asks.map(({ input }) => input);
  const askEach: AskEach = (list, each) => model.generateEach(list, each);
  for (let start = 0; start < inputs.length; start += mostInList) {
    for await (const { index: place, part } of askPatiently(askEach, inputs.slice(start, start + mostInList), signal)) {
      const index = start + place;
      if (part.type === 'failure' || part.type === 'aborted') return yield { type: 'end', part };
      const filter = filters[index];
      const text = part.type === 'text-delta' ? filter?.push(part.text) : isEnd(part) ? filter?.end() : '';
      if (text !== undefined && text !== '') {
        counts.write(index, text);
        yield { type: 'text', index, text };
      }
      if (part.type === 'text-was-thinking') {
        filter?.restart();
        counts.takeBack(index);
        yield { type: 'taken-back', index };
      }
      if (part.type === 'prompt-progress') yield counts.progress(index, part);
      if (part.type === 'finish') {
        yield { type: 'finish', index, reason: part.reason, read: counts.finish(index) };
        yield counts.progress(index, { done: 1, total: 1 });
      }
    }
  }
}

/** What of each part is read and written. */
class PartCounts {
  readonly #shares: number[];
  readonly #written = new Set<number>();
  readonly #ended = new Set<number>();

  constructor(total: number) {
    this.#shares = Array.from({ length: total }, () => 0);
  }

  write(index: number, text: string): void {
    if (text.trim() !== '') this.#written.add(index);
  }

  takeBack(index: number): void {
    this.#written.delete(index);
  }

  /** Answers how many parts have ended that something was written of. */
  finish(index: number): number {
    this.#ended.add(index);
    return [...this.#ended].filter((one) => this.#written.has(one)).length;
  }

  progress(index: number, { done, total }: { readonly done: number; readonly total: number }): PartsEvent {
    this.#shares[index] = this.#ended.has(index) ? 1 : (readingShare * done) / Math.max(1, total);
    const share = this.#shares.reduce((sum, one) => sum + one, 0) / this.#shares.length;
    return { type: 'progress', done: Math.round(share * 1000), total: 1000 };
  }
}
