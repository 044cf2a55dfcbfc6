import type { ReadBudget } from '../../budget.ts';
import type { Block } from '../blocks.ts';
import { TableRows } from '../word/table-rows.ts';
import { RtfHead } from './rtf-head.ts';
import type { RtfToken } from './rtf-tokens.ts';
import { asides, ofParagraphs, signs } from './rtf-words.ts';

/** What a group says of the text in it; the end of the group ends it. */
interface Group {
  /** Where its text goes. */
  into: 'text' | 'nowhere' | 'fonts' | 'styles' | 'label' | 'author' | 'note';
  font: number;
  /** Bytes that stand for a character that was told already. */
  skip: number;
  isHidden: boolean;
  isDeleted: boolean;
}

/** Makes blocks of a rich text. */
export class RtfText {
  readonly #budget: ReadBudget;
  readonly #emit: (block: Block) => void;
  readonly #groups: Group[] = [{ into: 'text', font: -1, skip: 1, isHidden: false, isDeleted: false }];
  readonly #head = new RtfHead();
  readonly #tables = new TableRows();
  readonly #decoders = new Map<string, InstanceType<typeof TextDecoder>>();
  #isOptional = false;
  #skipping = 0;
  #text = '';
  #label = '';
  #author = '';
  #note = '';
  #notes: string[] = [];
  #noteCount = 0;
  #style = 0;
  #outline: number | null = null;
  #inTable = false;
  hidden = 0;
  deleted = 0;

  constructor(budget: ReadBudget, emit: (block: Block) => void) {
    this.#budget = budget;
    this.#emit = emit;
  }

  take(token: RtfToken): void {
    if (token.type === 'open') this.#open();
    else if (token.type === 'close') this.#close();
    else if (token.type === 'bytes') this.#bytes(token.bytes);
    else this.#word(token.word, token.value);
  }

  end(): void {
    this.#endParagraph();
    this.#leaveTable();
  }

  get #group(): Group {
    return this.#groups.at(-1) as Group;
  }

  #open(): void {
    this.#budget.checkDepth(this.#groups.length);
    this.#groups.push({ ...this.#group });
    this.#skipping = 0;
  }

  #close(): void {
    const group = this.#group;
    if (this.#groups.length > 1) this.#groups.pop();
    const outer = this.#group.into;
    this.#skipping = 0;
    if (group.into === 'styles') this.#head.endStyle();
    else if (group.into === 'note' && outer !== 'note') this.#endNote();
  }

  #endNote(): void {
    const said = this.#note.trim();
    const author = this.#author.trim();
    this.#note = '';
    if (said === '') return;
    if (author !== '') this.#notes.push(`[${author}: ${said}]`);
    else {
      this.#noteCount += 1;
      this.#text += `[^${this.#noteCount}]`;
      this.#notes.push(`[^${this.#noteCount}]: ${said}`);
    }
    this.#author = '';
  }

  #bytes(bytes: readonly number[]): void {
    const skipped = Math.min(this.#skipping, bytes.length);
    this.#skipping -= skipped;
    const rest = skipped === 0 ? bytes : bytes.slice(skipped);
    if (rest.length > 0) this.#say(this.#decoder().decode(Uint8Array.from(rest)));
  }

  #decoder(): InstanceType<typeof TextDecoder> {
    const encoding = this.#head.encodingOf(this.#group.font);
    const known = this.#decoders.get(encoding) ?? new TextDecoder(encoding);
    this.#decoders.set(encoding, known);
    return known;
  }

  #say(text: string): void {
    this.#budget.takeCharacters(text.length);
    const { into, isHidden, isDeleted } = this.#group;
    if (into === 'styles') this.#head.nameStyle(text);
    if (into === 'nowhere' || into === 'fonts' || into === 'styles') return;
    if (isHidden || isDeleted) {
      if (text.trim() === '') return;
      if (isDeleted) this.deleted += 1;
      else this.hidden += 1;
    } else if (into === 'label') this.#label += text;
    else if (into === 'author') this.#author += text;
    else if (into === 'note') this.#note += text;
    else this.#text += text;
  }

  #word(word: string, value: number | null): void {
    const group = this.#group;
    const isOptional = this.#isOptional;
    this.#isOptional = word === '*';
    const sign = signs[word];
    if (sign !== undefined) this.#say(sign);
    else if (word === 'u') this.#unicode(value ?? 0);
    else if (asides.has(word)) group.into = 'nowhere';
    else if (!this.#destination(word, group) && !this.#format(word, value, group) && isOptional)
      // What is marked so may be passed over by whoever does not know it.
      group.into = 'nowhere';
  }

  #unicode(value: number): void {
    this.#skipping = 0;
    this.#say(String.fromCharCode(value < 0 ? value + 65_536 : value));
    this.#skipping = this.#group.skip;
  }

  /** Whether it says where the text of its group goes. */
  #destination(word: string, group: Group): boolean {
    if (word === 'fonttbl') group.into = 'fonts';
    else if (word === 'stylesheet') group.into = 'styles';
    else if (word === 'listtext' || word === 'pntext') group.into = 'label';
    else if (word === 'atnauthor') group.into = 'author';
    else if (word === 'footnote' || word === 'annotation') group.into = 'note';
    else if (word === 'shptxt') group.into = 'text';
    else return ['shp', 'shpinst', 'fldrslt', 'field'].includes(word);
    return true;
  }

  /** Whether it is known how it changes what follows. */
  #format(word: string, value: number | null, group: Group): boolean {
    if (group.into === 'fonts') this.#head.learnFont(word, value);
    else if (group.into === 'styles') this.#head.learnStyle(word, value);
    else if (word === 'f') group.font = value ?? 0;
    else if (word === 'ansicpg') this.#head.takePage(value ?? 1252);
    else if (word === 'uc') group.skip = Math.max(0, Math.min(value ?? 1, 10));
    else if (word === 'v') group.isHidden = value !== 0;
    else if (word === 'deleted') group.isDeleted = value !== 0;
    else if (word === 'plain') [group.isHidden, group.isDeleted] = [false, false];
    else return this.#paragraphWord(word, value, group);
    return true;
  }

  #paragraphWord(word: string, value: number | null, group: Group): boolean {
    if (word === 'par' || word === 'sect' || word === 'page') {
      if (group.into === 'note') this.#note += '\n';
      else if (group.into === 'text') this.#endParagraph();
    } else if (ofParagraphs.has(word) && group.into !== 'text') {
      // Labels and notes have a form of their own, in the middle of the paragraph that they stand in.
    } else if (word === 'pard') [this.#style, this.#outline, this.#inTable] = [0, null, false];
    else if (word === 's') this.#style = value ?? 0;
    else if (word === 'outlinelevel') this.#outline = value;
    else if (word === 'intbl') this.#inTable = true;
    else if (word === 'cell' || word === 'nestcell') this.#endCell();
    else if (word === 'row' || word === 'nestrow') this.#endRow();
    else return false;
    return true;
  }

  #endParagraph(): void {
    const text = this.#text;
    const label = this.#label.replaceAll(/[\t ]+/g, ' ').trim();
    this.#text = '';
    this.#label = '';
    if (text.trim() === '') return;
    const lead = label === '' ? '' : /^[\p{L}\p{N}(（]/u.test(label) ? `${label} ` : '- ';
    if (this.#inTable) {
      this.#beginTable();
      this.#tables.write(lead + text);
      return;
    }
    this.#leaveTable();
    const level = this.#outline !== null && this.#outline < 9 ? this.#outline + 1 : null;
    const heading = level ?? this.#head.headingOf(this.#style);
    this.#put(lead + text, heading, lead !== '' && heading === null);
    this.#putNotes();
  }

  #put(text: string, heading: number | null, close: boolean): void {
    this.#budget.takeBlock();
    this.#emit({ text, heading, close });
  }

  #putNotes(): void {
    for (const note of this.#notes) this.#put(note, null, true);
    this.#notes = [];
  }

  #beginTable(): void {
    if (this.#tables.inTable) return;
    this.#tables.begin();
    this.#tables.beginRow();
    this.#tables.beginCell();
  }

  #endCell(): void {
    this.#inTable = true;
    this.#beginTable();
    this.#endParagraph();
    this.#tables.endCell();
    this.#tables.beginCell();
  }

  #endRow(): void {
    if (!this.#tables.inTable) return;
    const row = this.#tables.endRow();
    if (row !== null && row.line !== '') this.#put(row.line, null, !row.isFirst);
    this.#putNotes();
    this.#tables.beginRow();
    this.#tables.beginCell();
  }

  #leaveTable(): void {
    if (this.#tables.inTable) this.#tables.end();
  }
}
