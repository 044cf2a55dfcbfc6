import type { GenerateInput, PromptMessage } from '../../contract/engine.ts';
import { isLocalAddress } from './address.ts';

/** A few characters may well be the same by chance. */
const repeatedCharacters = 12;

/**
 * How a server is brought to go on with an answer: `open`, with the answer as the last message, which llama.cpp, Ollama and LM
 * Studio go on writing; `asked`, with a request for the rest behind it, since others take such a message for a finished one.
 */
export type WayToGoOn = 'open' | 'asked';

/** The ways to try, in order; a server may refuse the first (llama.cpp does where the model thinks). */
export function waysToGoOn(address: string, { hints }: GenerateInput): readonly WayToGoOn[] {
  return hints.continueFrom !== undefined && isLocalAddress(address) ? ['open', 'asked'] : ['asked'];
}

export function messagesFor(
  { messages, hints: { continueFrom } }: GenerateInput,
  way: WayToGoOn,
): readonly PromptMessage[] {
  if (continueFrom === undefined) return messages;
  const open: readonly PromptMessage[] = [...messages, { role: 'assistant', text: continueFrom.text }];
  return way === 'open' ? open : [...open, { role: 'user', text: continueFrom.request }];
}

/** What follows an answer that was broken off, as it comes in. */
export class Continuation {
  readonly #before: string;
  readonly #spaceAfter: boolean | undefined;
  readonly #way: WayToGoOn;
  #held = '';
  #repeats: boolean;
  #begun = false;
  #isNew = false;

  constructor({ hints: { continueFrom } }: Pick<GenerateInput, 'hints'>, way: WayToGoOn) {
    this.#before = continueFrom?.text ?? '';
    this.#spaceAfter = continueFrom?.spaceAfter;
    this.#way = way;
    this.#repeats = this.#before.trim().length >= repeatedCharacters;
  }

  /** Something came, and all of it was there already. */
  get onlyRepeated(): boolean {
    return !this.#isNew && this.#held.trim() !== '';
  }

  /** The part of it that is new: small models begin again, and then what they repeat is left out. */
  push(text: string): string {
    return this.#given(this.#newPartOf(text));
  }

  /** What was held back, in case that it repeated something. */
  end(): string {
    if (!this.#repeats || this.#held.trimStart().length >= repeatedCharacters) return '';
    this.#repeats = false;
    return this.#given(this.#joined(this.#held));
  }

  #newPartOf(text: string): string {
    if (!this.#repeats) return this.#joined(text);
    this.#held += text;
    const came = this.#held.trimStart();
    const before = this.#before.trimStart();
    if (came.length < before.length && before.startsWith(came)) return '';
    this.#repeats = false;
    if (!came.startsWith(before)) return this.#joined(this.#held);
    // With its own space, or none.
    this.#begun = true;
    return came.slice(before.length);
  }

  #given(text: string): string {
    this.#isNew ||= text.trim() !== '';
    return text;
  }

  /** Servers leave out the space between an answer and what it goes on with, or write one where there is one already. */
  #joined(text: string): string {
    if (this.#begun || this.#before === '' || text === '') return text;
    this.#begun = true;
    if (/\s$/.test(this.#before)) return text.replace(/^[\r\n]+/, '');
    return /^[\p{Script=Latin}\p{Number}]/u.test(text) && this.#wantsSpace(text) ? ` ${text}` : text;
  }

  /** A prefilled answer continues in the middle of a word; for one that is asked for again, punctuation tells whether a space is missing. */
  #wantsSpace(text: string): boolean {
    if (this.#spaceAfter !== undefined) return this.#spaceAfter;
    if (this.#way === 'open' || !/[\p{Script=Latin}\p{Number}.,;:!?)\]}"'”’…%]$/u.test(this.#before)) return false;
    const isInNumber = /\p{Number}[.,:]$/u.test(this.#before) && /^\p{Number}/u.test(text);
    const isOpenQuote = /(?:^|[\s([{])["']$/.test(this.#before);
    return !isInNumber && !isOpenQuote;
  }
}
