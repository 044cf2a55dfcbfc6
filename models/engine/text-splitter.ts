/** A piece of an answer: what is shown, or what the model thought before. */
export interface TextPiece {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
}

/** How an answer begins. */
interface HowItBegins {
  readonly startsThinking?: boolean;
  /** Words of it came before, so that the space before the next one is part of it. */
  readonly goesOn?: boolean;
  /** It may begin with thinking; when left out, where no words came before. */
  readonly mayThink?: boolean;
}

const opening = '<think>';
const closing = '</think>';

/**
 * Takes an answer as it comes, in pieces cut anywhere, and tells thinking from text. A stop string ends it and is not
 * part of it. What could still become a tag or a stop string is held back until it is decided.
 */
export class TextSplitter {
  readonly #stops: readonly string[];
  #held = '';
  #thinking: boolean;
  #started: boolean;
  #mayThink: boolean;
  #stopped = false;

  constructor(stops: readonly string[], { startsThinking = false, goesOn = false, mayThink }: HowItBegins = {}) {
    this.#stops = stops.filter((stop) => stop !== '');
    this.#started = goesOn;
    this.#mayThink = mayThink ?? !goesOn;
    this.#thinking = startsThinking;
  }

  get stopped(): boolean {
    return this.#stopped;
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
      const mark = this.#nextMark();
      const ready = mark === null ? this.#held.length - (isEnd ? 0 : this.#undecidedLength()) : mark.at;
      this.#emit(pieces, this.#held.slice(0, ready));
      this.#held = this.#held.slice(ready);
      if (mark === null) break;
      this.#held = this.#held.slice(mark.text.length);
      if (mark.text === opening) this.#thinking = true;
      else if (mark.text === closing) this.#thinking = false;
      else this.#stopped = true;
    }
    return pieces;
  }

  #emit(pieces: TextPiece[], raw: string): void {
    // Templates leave blank lines around the tags; they are not part of either text.
    const text = this.#started || this.#thinking ? raw : raw.trimStart();
    if (text === '') return;
    if (!this.#thinking) this.#started = true;
    if (!this.#thinking && raw.trim() !== '') this.#mayThink = false;
    pieces.push({ kind: this.#thinking ? 'thinking' : 'text', text });
  }

  /** A thinking block can only open before any text: later on `<think>` is text like any other. */
  #marks(): readonly string[] {
    const tag = this.#thinking ? [closing] : this.#mayThink ? [opening] : [];
    return [...tag, ...this.#stops];
  }

  #nextMark(): { readonly at: number; readonly text: string } | null {
    let first: { at: number; text: string } | null = null;
    for (const text of this.#marks()) {
      const at = this.#held.indexOf(text);
      // Thinking opens before any word of the answer, or not at all.
      if (text === opening && this.#held.slice(0, Math.max(at, 0)).trim() !== '') continue;
      if (at >= 0 && (first === null || at < first.at)) first = { at, text };
    }
    return first;
  }

  /** Length of the longest end of the held text that is the beginning of a mark. */
  #undecidedLength(): number {
    let longest = 0;
    for (const mark of this.#marks()) {
      for (let length = Math.min(mark.length - 1, this.#held.length); length > longest; length -= 1) {
        if (this.#held.endsWith(mark.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
