import { answers, thoughts } from './marks.ts';
import { Surroundings } from './surroundings.ts';

/**
 * A piece of an answer: what is shown, or what the model thought before. `was-thinking`: all text so far turned out to be
 * thought, by a closing mark whose opening never came.
 */
export type TextPiece =
  | { readonly kind: 'text' | 'thinking'; readonly text: string }
  | { readonly kind: 'was-thinking' };

/** How an answer begins. */
interface HowItBegins {
  readonly startsThinking?: boolean;
  /** Words of it came before, so that the space before the next one is part of it. */
  readonly goesOn?: boolean;
  /** It may begin with thinking; when left out, where no words came before. */
  readonly mayThink?: boolean;
  /** It may have begun with thinking though no mark said so. */
  readonly mayLackOpening?: boolean;
}

/** What a mark in the text does. */
type Mark =
  | { readonly does: 'open'; readonly text: string; readonly closes: readonly string[] }
  | { readonly does: 'answer'; readonly text: string; readonly ends: readonly string[] }
  | { readonly does: 'close' | 'close-unopened' | 'end' | 'stop'; readonly text: string };

const openings: readonly Mark[] = thoughts.map(({ open, close }) => ({ does: 'open', text: open, closes: [close] }));
const answerOpenings: readonly Mark[] = answers.map(({ open, ends }) => ({ does: 'answer', text: open, ends }));
const unopened: readonly Mark[] = thoughts
  .filter(({ mayLackOpening }) => mayLackOpening)
  .map(({ close }) => ({ does: 'close-unopened', text: close }));
const allClosings = thoughts.map(({ close }) => close);

/**
 * Takes an answer as it comes, in pieces cut anywhere, and tells thinking from text. A stop string ends it and is not
 * part of it. What could still become a mark or a stop string is held back until it is decided.
 */
export class ThinkingSplitter {
  readonly #stops: readonly Mark[];
  readonly #around = new Surroundings();
  #held = '';
  /** The marks that end the thinking that goes on; null in text. */
  #closes: readonly string[] | null;
  /** The marks that end the answer, where one has opened it. */
  #ends: readonly string[] = [];
  #started: boolean;
  #mayThink: boolean;
  #mayLackOpening: boolean;
  #stopped = false;

  constructor(stops: readonly string[], begins: HowItBegins = {}) {
    const { startsThinking = false, goesOn = false, mayThink, mayLackOpening = false } = begins;
    this.#stops = stops.filter((stop) => stop !== '').map((text) => ({ does: 'stop', text }));
    this.#started = goesOn;
    this.#mayThink = mayThink ?? !goesOn;
    this.#mayLackOpening = mayLackOpening;
    this.#closes = startsThinking ? allClosings : null;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Thinking came by another way, so that no mark in the text is about it. */
  noteThinkingElsewhere(): void {
    this.#mayLackOpening = false;
  }

  push(text: string): TextPiece[] {
    this.#held += text;
    return this.#take(false);
  }

  /** What was held back, once nothing more comes. */
  end(): TextPiece[] {
    return this.#take(true);
  }

  #take(isEnd: boolean): TextPiece[] {
    const pieces: TextPiece[] = [];
    while (!this.#stopped && this.#held !== '') {
      const found = this.#nextMark();
      const ready = found === null ? this.#held.length - (isEnd ? 0 : this.#undecidedLength()) : found.at;
      this.#emit(pieces, this.#held.slice(0, ready));
      this.#held = this.#held.slice(ready);
      if (found === null) break;
      const { mark } = found;
      // What stands behind it tells whether it closes something or is talked about.
      if (mark.does === 'close-unopened' && this.#held.length === mark.text.length && !isEnd) break;
      this.#held = this.#held.slice(mark.text.length);
      this.#act(mark, pieces);
    }
    return pieces;
  }

  #act(mark: Mark, pieces: TextPiece[]): void {
    switch (mark.does) {
      case 'open':
        this.#closes = mark.closes;
        this.#mayLackOpening = false;
        return;
      case 'close':
        this.#closes = null;
        return;
      case 'answer':
        this.#closes = null;
        this.#ends = mark.ends;
        return;
      case 'end':
        this.#ends = [];
        return;
      case 'stop':
        this.#stopped = true;
        return;
      case 'close-unopened':
        if (this.#around.talksOf(this.#held)) {
          this.#emit(pieces, mark.text);
          return;
        }
        pieces.push({ kind: 'was-thinking' });
        this.#started = false;
        this.#mayLackOpening = false;
    }
  }

  #emit(pieces: TextPiece[], raw: string): void {
    const isThinking = this.#closes !== null;
    // Templates leave blank lines around the marks; they are not part of either text.
    const text = this.#started || isThinking ? raw : raw.trimStart();
    if (text === '') return;
    if (!isThinking) this.#started = true;
    if (!isThinking && raw.trim() !== '') this.#mayThink = false;
    if (!isThinking && this.#mayLackOpening) this.#around.add(text);
    pieces.push({ kind: isThinking ? 'thinking' : 'text', text });
  }

  /** Thinking can only open before any text: later on its marks are text like any other. */
  #marks(): readonly Mark[] {
    const toClose = (this.#closes ?? []).map((text): Mark => ({ does: 'close', text }));
    if (this.#closes !== null) return [...toClose, ...answerOpenings, ...this.#stops];
    const toOpen = this.#mayThink ? [...openings, ...answerOpenings] : [];
    const toEnd = this.#ends.map((text): Mark => ({ does: 'end', text }));
    return [...toOpen, ...toEnd, ...(this.#mayLackOpening ? unopened : []), ...this.#stops];
  }

  #nextMark(): { readonly at: number; readonly mark: Mark } | null {
    let first: { at: number; mark: Mark } | null = null;
    for (const mark of this.#marks()) {
      const at = this.#held.indexOf(mark.text);
      const opens = this.#closes === null && (mark.does === 'open' || mark.does === 'answer');
      if (at < 0 || (opens && this.#held.slice(0, at).trim() !== '')) continue;
      if (first === null || at < first.at) first = { at, mark };
    }
    return first;
  }

  /** Length of the longest end of the held text that is the beginning of a mark. */
  #undecidedLength(): number {
    let longest = 0;
    for (const { text } of this.#marks()) {
      for (let length = Math.min(text.length - 1, this.#held.length); length > longest; length -= 1) {
        if (this.#held.endsWith(text.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
