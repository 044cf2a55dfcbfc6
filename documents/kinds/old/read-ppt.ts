import { AppError } from '../../../contract/errors.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { NotYet } from '../../not-yet.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import { type PersistedObjects, persistedObjects } from './ppt-persist.ts';
import type { OldDocument } from './read-compound.ts';

/** Types of the records that are looked at (MS-PPT, 2.13.24). */
const records = {
  document: 0x03e8,
  slide: 0x03ee,
  notes: 0x03f0,
  notesOf: 0x03f1,
  slidePersist: 0x03f3,
  master: 0x03f8,
  slideInfo: 0x03f9,
  handout: 0x0fc9,
  textHeader: 0x0f9f,
  wideText: 0x0fa0,
  narrowText: 0x0fa8,
  slideList: 0x0ff0,
  /** Properties of a shape (MS-ODRAW, 2.2.9). */
  shape: 0xf00b,
} as const;
/** The text of a shape that is drawn as letters (MS-ODRAW, 2.3.22.1), among properties of six bytes each. */
const drawnText = 0x00c0;
const propertyBytes = 6;
/** Lists of what slides, masters and notes say in their placeholders (MS-PPT, 2.4.14.3). */
const listOfSlides = 0;
const listOfNotes = 2;
const titleTypes = new Set([0, 6]);
const deepest = 60;
/** Where a presentation that was saved for PowerPoint 95 as well has what is for that of 97; beside it stands the older format. */
const alsoSaved = '/PP97_DUALSTORAGE';
/** What only PowerPoint 95 keeps beside its slides, which are records of another form. */
const only95 = '/PersistentStorage Directory';
/** Where the stream `Current User` says whether the slides are encrypted, and how (MS-PPT, 2.3.2). */
const howSaved = { at: 12, encrypted: 0xf3d1c4df } as const;

interface Slide {
  /** The number that the file gives it. */
  readonly id: number;
  /** The number of the object that it is kept in. */
  readonly object: number;
  title: string;
  isHidden: boolean;
  readonly lines: string[];
  readonly notes: string[];
}

/** A PowerPoint presentation of before 2007: the texts of its slides in their order, and of its notes. */
export async function* readPpt({ compound, budget }: OldDocument, span: ReadSpan): Numbered {
  const folder = compound.has(`${alsoSaved}/PowerPoint Document`) ? alsoSaved : '';
  const stream = compound.stream(`${folder}/PowerPoint Document`);
  if (stream === null) throw new AppError('file/damaged', 'its slides are missing');
  const user = compound.stream(`${folder}/Current User`);
  if (compound.paths.includes('/EncryptedSummary') || isEncrypted(user))
    throw new AppError('file/locked', 'it has a password');
  if (folder === '' && compound.has(only95)) throw new NotYet('oldOffice');
  const onText = (text: string) => {
    budget.takeBlock();
    budget.takeCharacters(text.length);
  };
  const { slides } = new SlideWalk(stream, persistedObjects(stream, user), onText);
  const total = slides.length;
  yield { type: 'kind', kind: 'presentation', unit: 'slide', total, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(sectionsOf(slides), span);
}

/** Some programs encrypt the slides and leave the summary as it was, so that nothing else tells of the password. */
function isEncrypted(user: Buffer | null): boolean {
  return user !== null && user.length >= howSaved.at + 4 && user.readUInt32LE(howSaved.at) === howSaved.encrypted;
}

async function* sectionsOf(slides: readonly Slide[]): AsyncGenerator<KindSection | KindNote> {
  for (const [index, { title, lines, notes, isHidden }] of slides.entries()) {
    const number = index + 1;
    const shown = [title === '' ? '' : `# ${title}`, lines.join('\n'), notes.join('\n')];
    const blocks = isHidden ? [] : shown;
    const text = blocks.filter((block) => block.trim() !== '').join('\n\n');
    yield { locator: { unit: 'slide', first: number, last: number }, text, read: number };
  }
  const hidden = slides.filter(({ isHidden }) => isHidden).length;
  if (hidden > 0) yield { type: 'note', note: { note: 'left-out', part: 'hidden-slide', count: hidden } };
}

/** Walks the records of a presentation. Its outline lists the slides in order; what stands in shapes of its own comes behind. */
class SlideWalk {
  readonly slides: Slide[] = [];
  readonly #stream: Buffer;
  readonly #onText: (text: string) => void;
  /** Slides as they were saved, which is the order of their outline in a file that was saved whole. */
  #saved = -1;
  readonly #noteObjects: number[] = [];
  /** The slide whose notes are being read, by its id. */
  #notes = -1;
  #into: 'outline' | 'outline-notes' | 'slide' | 'notes' | null = null;
  #textType = -1;

  constructor(stream: Buffer, saved: PersistedObjects | null, onText: (text: string) => void) {
    this.#stream = stream;
    this.#onText = onText;
    if (saved === null) this.#walk(0, stream.length, 0);
    else this.#walkSaved(saved);
  }

  /** Walks the objects of the last save alone: beside them stands what was there before. */
  #walkSaved({ document, places }: PersistedObjects): void {
    this.#walkOne(document);
    for (const [index, { object }] of this.slides.entries()) {
      this.#saved = index - 1;
      this.#walkOne(places.get(object));
    }
    for (const object of this.#noteObjects) this.#walkOne(places.get(object));
  }

  #walkOne(at: number | undefined): void {
    if (at === undefined || at + 8 > this.#stream.length) return;
    this.#walk(at, Math.min(this.#stream.length, at + 8 + this.#stream.readUInt32LE(at + 4)), 0);
  }

  #walk(from: number, to: number, depth: number): void {
    for (let at = from; at + 8 <= to; ) {
      const [version, type, length] = [
        this.#stream.readUInt16LE(at),
        this.#stream.readUInt16LE(at + 2),
        this.#stream.readUInt32LE(at + 4),
      ];
      const [begin, end] = [at + 8, Math.min(to, at + 8 + length)];
      if ((version & 15) === 15) this.#container(type, version >> 4, begin, end, depth);
      else if (type === records.shape) this.#sayDrawn(version >> 4, begin, end);
      else this.#atom(type, begin, end);
      at = begin + length;
    }
  }

  #container(type: number, instance: number, from: number, to: number, depth: number): void {
    if (depth > deepest || type === records.master || type === records.handout) return;
    const before = this.#into;
    if (type === records.slideList) {
      this.#into = instance === listOfSlides ? 'outline' : null;
      if (instance === listOfNotes) this.#into = 'outline-notes';
    } else if (type === records.slide) {
      this.#into = 'slide';
      this.#saved += 1;
    } else if (type === records.notes) {
      this.#into = 'notes';
      this.#notes = -1;
    }
    this.#walk(from, to, depth + 1);
    this.#into = before;
  }

  #atom(type: number, from: number, to: number): void {
    if (type === records.slidePersist && to - from >= 16) this.#list(from);
    else if (type === records.notesOf && to - from >= 4) this.#notes = this.#stream.readUInt32LE(from);
    else if (type === records.slideInfo && to - from >= 12) this.#learnHidden(this.#stream.readUInt16LE(from + 10));
    else if (type === records.textHeader && to - from >= 4) this.#textType = this.#stream.readUInt32LE(from);
    else if (type === records.wideText) this.#say(this.#stream.toString('utf16le', from, to));
    else if (type === records.narrowText) this.#say(this.#stream.toString('latin1', from, to));
  }

  #list(from: number): void {
    const [object, id] = [this.#stream.readUInt32LE(from), this.#stream.readUInt32LE(from + 12)];
    if (this.#into === 'outline-notes') this.#noteObjects.push(object);
    else if (this.#into === 'outline')
      this.slides.push({ id, object, title: '', isHidden: false, lines: [], notes: [] });
  }

  /** What does not fit into six bytes stands behind all of them, in their order. */
  #sayDrawn(count: number, from: number, to: number): void {
    let behind = from + count * propertyBytes;
    for (let at = from; at + propertyBytes <= Math.min(to, from + count * propertyBytes); at += propertyBytes) {
      const [id, value] = [this.#stream.readUInt16LE(at), this.#stream.readUInt32LE(at + 2)];
      if ((id & 0x8000) === 0) continue;
      const end = Math.min(to, behind + value);
      if ((id & 0x3fff) === drawnText) this.#say(this.#stream.toString('utf16le', behind, end).replaceAll('\0', ''));
      behind = end;
    }
  }

  #say(said: string): void {
    this.#onText(said);
    const lines = said
      .toWellFormed()
      .split(/[\r\n\v]/)
      .map((line) => line.trimEnd())
      .filter((line) => line.trim() !== '' && line !== '*');
    const slide = this.#slideOf();
    if (slide === undefined || lines.length === 0) return;
    if (this.#into === 'notes') slide.notes.push(...lines);
    else if (titleTypes.has(this.#textType) && slide.title === '') slide.title = lines.join(' ');
    else slide.lines.push(...lines);
    this.#textType = -1;
  }

  #slideOf(): Slide | undefined {
    if (this.#into === 'outline') return this.slides.at(-1);
    if (this.#into === 'slide') return this.slides[this.#saved];
    return this.#into === 'notes' ? this.slides.find(({ id }) => id === this.#notes) : undefined;
  }

  /** The third bit says that a slide is left out of the show (MS-PPT, 2.6.6). */
  #learnHidden(flags: number): void {
    const slide = this.#into === 'slide' ? this.slides[this.#saved] : undefined;
    if (slide !== undefined && (flags & 4) !== 0) slide.isHidden = true;
  }
}
