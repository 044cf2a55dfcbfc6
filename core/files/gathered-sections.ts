import {
  betweenSections,
  type DocumentKind,
  type DocumentNote,
  documentTextLimitBytes,
  type Extent,
  noteLimit,
  sectionLimit,
  type TextPositions,
} from '../../contract/document.ts';
import type { Locator } from '../../contract/locator.ts';
import { type AskedPage, lookedPageLimit, type ReaderPart } from '../../contract/reader.ts';

type Kind = Extract<ReaderPart, { type: 'kind' }>;
type Section = Extract<ReaderPart, { type: 'section' }>;

/** The sections of a document, joined to its text as they come. */
export class GatheredSections {
  #about: Kind | null = null;
  readonly #taken: Section[] = [];
  readonly #texts: string[] = [];
  readonly #sections: { readonly start: number; readonly locator: Locator }[] = [];
  #length = 0;
  #bytes = 0;
  #read = 0;
  readonly #notes: DocumentNote[] = [];
  #full = false;
  #whole = false;

  get about(): Kind | null {
    return this.#about;
  }

  get kind(): DocumentKind | null {
    return this.#about?.kind ?? null;
  }

  /** The limit of text or sections for one document is reached. */
  get full(): boolean {
    return this.#full;
  }

  /** All of the document is there. */
  get whole(): boolean {
    const total = this.#about?.total ?? null;
    return this.#whole || (total !== null && this.#read >= total);
  }

  /** What is missing of a document whose length is known can be said; half of another one would pass for all of it. */
  get canBeCut(): boolean {
    return (this.#about?.total ?? null) !== null && this.#texts.some((text) => text !== '');
  }

  get text(): string {
    return this.#texts.join('');
  }

  /** How much was read so far; null where only the end tells of how much. */
  get extent(): Extent | null {
    if (this.#about === null || this.#about.total === null) return null;
    return { unit: this.#about.unit, read: this.#read, total: this.#about.total };
  }

  /** Null before the document has told what it is. */
  get positions(): TextPositions | null {
    if (this.#about === null) return null;
    const { unit, total } = this.#about;
    // What a document says of its length may be wrong: its end knows better.
    const found = this.#whole ? this.#read : (total ?? this.#read);
    return { unit, read: this.#read, total: Math.max(found, this.#read), sections: this.#sections };
  }

  get notes(): readonly DocumentNote[] {
    return this.#notes;
  }

  /** Pages whose own text may not be all that stands on them. */
  get askedPages(): readonly AskedPage[] {
    const asked = this.#taken.flatMap(({ locator, textLayer }) =>
      textLayer !== undefined && locator.unit === 'page' ? [{ page: locator.first, textLayer }] : [],
    );
    return asked.slice(0, lookedPageLimit);
  }

  /** This document with other texts for some of its pages. */
  withTexts(texts: ReadonlyMap<number, string>): GatheredSections {
    const other = new GatheredSections();
    if (this.#about !== null) other.take(this.#about);
    for (const section of this.#taken) {
      const { locator } = section;
      const text = locator.unit === 'page' ? texts.get(locator.first) : undefined;
      // What a page has beside a text layer that is no use are comments and values filled in.
      const beside = section.textLayer === 'little' || section.text === '' ? [] : [section.text];
      other.take(text === undefined ? section : { ...section, text: [text, ...beside].join('\n\n') });
    }
    for (const note of this.#notes) other.#addNote(note);
    other.#whole = this.#whole;
    return other;
  }

  take(part: ReaderPart): void {
    if (part.type === 'kind') this.#about ??= part;
    else if (part.type === 'section') this.#add(part);
    else if (part.type === 'note') this.#addNote(part.note);
    else if (part.type === 'finish') this.#whole = part.whole;
  }

  #addNote(note: DocumentNote): void {
    const at = this.#notes.findIndex((other) => sameNote(other, note));
    const before = this.#notes[at];
    if (before === undefined) {
      if (this.#notes.length < noteLimit) this.#notes.push(note);
    } else if (before.note === 'left-out' && note.note === 'left-out')
      this.#notes[at] = { ...note, count: Math.min(before.count + note.count, mostCounted) };
  }

  #add(section: Section): void {
    const { text, locator, read } = section;
    if (this.#full) return;
    this.#bytes += Buffer.byteLength(text);
    this.#full = this.#bytes > documentTextLimitBytes || this.#sections.length >= sectionLimit;
    if (this.#full) return;
    this.#taken.push(section);
    const before = this.#sections.at(-1);
    const between = before === undefined ? '' : betweenSections(before.locator, locator);
    this.#length += between.length;
    this.#sections.push({ start: this.#length, locator });
    this.#texts.push(between + text);
    this.#length += text.length;
    this.#read = read;
  }
}

/** The most that the contract counts. */
const mostCounted = 10_000_000;

function sameNote(one: DocumentNote, other: DocumentNote): boolean {
  if (one.note === 'left-out') return other.note === 'left-out' && one.part === other.part;
  return one.note === other.note;
}
