import { type Locator, locatorNameCharacters } from '../../contract/locator.ts';
import type { KindNote, KindSection } from './sections.ts';

/** A paragraph, a heading, an item or a row of a table, in the order a person reads them. */
export interface Block {
  readonly text: string;
  /** Its depth, from 1; null for what is no heading. */
  readonly heading: number | null;
  /** It stands on the line right below the one before: items of a list, rows of a table. */
  readonly close?: boolean;
}

/** Short enough for a place that is found at once, in UTF-16 units. */
const sectionCharacters = 1500;
/** Headings within one another. */
const deepest = 9;

/**
 * Sections of a document without pages or lines of its own: each has one heading above it at most, and where there is none its
 * paragraphs are counted.
 */
export class BlockSections {
  readonly #path: (string | null)[] = [];
  readonly #texts: string[] = [];
  #length = 0;
  #first = 1;
  #count = 0;
  #ready: (KindSection | KindNote)[] = [];

  add(block: Block): void {
    const text = block.text.trimEnd();
    if (text.trim() === '') return;
    if (block.heading !== null) {
      this.#finish();
      this.#enter(block.heading, text);
    } else if (this.#length + text.length > sectionCharacters) this.#finish();
    this.#count += 1;
    const between = this.#texts.length === 0 ? '' : block.close === true ? '\n' : '\n\n';
    const marks = block.heading === null ? '' : `${'#'.repeat(Math.min(block.heading, 6))} `;
    this.#texts.push(between + marks + text);
    this.#length += text.length;
  }

  note(note: KindNote['note']): void {
    this.#ready.push({ type: 'note', note });
  }

  /** What follows stands under no heading. */
  leaveHeadings(): void {
    this.#finish();
    this.#path.length = 0;
  }

  /** The sections that are whole by now. */
  take(): readonly (KindSection | KindNote)[] {
    const ready = this.#ready;
    if (ready.length > 0) this.#ready = [];
    return ready;
  }

  /** What is left at the end. */
  end(): readonly (KindSection | KindNote)[] {
    this.#finish();
    return this.take();
  }

  #finish(): void {
    if (this.#texts.length === 0) return;
    const path = this.#path.filter((heading) => heading !== null);
    const locator: Locator =
      path.length > 0
        ? { unit: 'heading', path, lines: null }
        : { unit: 'paragraph', first: this.#first, last: this.#count };
    this.#ready.push({ locator, text: this.#texts.join(''), read: this.#count });
    this.#texts.length = 0;
    this.#length = 0;
    this.#first = this.#count + 1;
  }

  /** A heading ends those of its depth and below. */
  #enter(heading: number, text: string): void {
    const depth = Math.min(heading, deepest);
    this.#path.length = Math.min(this.#path.length, depth - 1);
    while (this.#path.length < depth - 1) this.#path.push(null);
    this.#path.push(text.replaceAll(/\s+/g, ' ').slice(0, locatorNameCharacters).toWellFormed());
  }
}
