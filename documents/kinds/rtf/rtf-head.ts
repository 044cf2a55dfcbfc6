import { encodingOfCharset, encodingOfPage } from './rtf-encodings.ts';

/** What the head of a rich text says of what comes behind it: encodings by fonts, and headings by styles. */
export class RtfHead {
  readonly #fonts = new Map<number, string>();
  readonly #headings = new Map<number, number>();
  #page = 'windows-1252';
  #font = 0;
  /** The number is -1 for styles of characters, which make no heading. */
  #style = { number: -1, name: '' };

  /** The code page of what is written in a font that says none. */
  takePage(page: number): void {
    this.#page = encodingOfPage(page);
  }

  learnFont(word: string, value: number | null): void {
    if (word === 'f') this.#font = value ?? 0;
    const encoding = word === 'fcharset' ? encodingOfCharset(value ?? 0) : null;
    if (encoding !== null) this.#fonts.set(this.#font, encoding);
  }

  encodingOf(font: number): string {
    return this.#fonts.get(font) ?? this.#page;
  }

  learnStyle(word: string, value: number | null): void {
    if (word === 's') this.#style = { number: value ?? 0, name: '' };
    else if (word === 'outlinelevel' && value !== null && value < 9) this.#headings.set(this.#style.number, value + 1);
  }

  /** The name of a style comes in pieces. */
  nameStyle(text: string): void {
    this.#style.name += text;
  }

  /** A style is a heading by its name, which is English in every language's documents, or by its outline level. */
  endStyle(): void {
    const { number, name } = this.#style;
    const depth = /^heading ([1-9])\b/i.exec(name.trim())?.[1];
    this.#style = { number: -1, name: '' };
    if (number < 0) return;
    if (depth !== undefined) this.#headings.set(number, Number(depth));
    else if (/^title\b/i.test(name.trim())) this.#headings.set(number, 1);
  }

  /** From 1 to 9; null for a style that is none. */
  headingOf(style: number): number | null {
    return this.#headings.get(style) ?? null;
  }
}
