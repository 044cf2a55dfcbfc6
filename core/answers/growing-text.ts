import type { Message } from '../../contract/conversation.ts';
import type { GenerationHints } from '../../contract/engine.ts';
import { continueFrom, wholeWordsOf } from '../prompts/continue-from.ts';
import { HalfWord } from '../text-filters/half-word.ts';

/** What was written of an answer before it was broken off, and how. */
export type Written = Pick<Message, 'text' | 'thinking' | 'receipt'>;

/** The text of an answer as it grows, from its beginning or from where it was broken off. */
export class GrowingText {
  /** Where the answer is gone on from; empty where it begins. */
  readonly before: string;
  /** Tells a model where the answer is gone on from. */
  readonly hints: Pick<GenerationHints, 'continueFrom'>;
  readonly #halfWord: HalfWord;
  #text: string;
  #thinking: string;
  #firstAt: number | null = null;

  /** `written`: all there was of it when it was broken off. */
  constructor(written: Pick<Written, 'text' | 'thinking'> | null) {
    const { text, thinking } = written ?? { text: '', thinking: '' };
    this.before = wholeWordsOf(text);
    this.hints = continueFrom(text, this.before);
    this.#halfWord = new HalfWord(text.slice(this.before.length));
    this.#text = this.before;
    this.#thinking = thinking;
  }

  get text(): string {
    return this.#text;
  }

  get thinking(): string {
    return this.#thinking;
  }

  /** When the first text was written, by `performance.now()`; null before. */
  get firstAt(): number | null {
    return this.#firstAt;
  }

  /** Answers what was added. */
  write(text: string): string {
    return this.#add(this.#halfWord.push(text));
  }

  think(text: string): void {
    this.#thinking += text;
  }

  /** What was written so far turned out to be thought. */
  takeBack(): void {
    this.#thinking += this.#text.slice(this.before.length);
    this.#text = this.before;
    this.#firstAt = null;
    this.#halfWord.restart();
  }

  /** Answers what was held back. */
  end(): string {
    return this.#add(this.#halfWord.end());
  }

  #add(text: string): string {
    if (text !== '') this.#firstAt ??= performance.now();
    this.#text += text;
    return text;
  }
}
