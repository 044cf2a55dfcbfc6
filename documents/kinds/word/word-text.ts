import type { XmlHandler } from '../../xml/read-xml.ts';
import type { Block } from '../blocks.ts';
import type { Numbering } from './numbering.ts';
import { headingOfOutline, type Styles } from './styles.ts';
import { symbolOf } from './symbols.ts';
import { TableRows } from './table-rows.ts';

/** What is beside the text of a document. */
export interface WordParts {
  readonly styles: Styles;
  readonly numbering: Numbering;
  /** What a footnote, an endnote or a comment says, by its id. */
  readonly said: Readonly<Record<NoteKind, ReadonlyMap<string, string>>>;
}
export type NoteKind = 'footnote' | 'endnote' | 'comment';

interface Paragraph {
  text: string;
  style: string | null;
  list: string | null;
  level: number | null;
  outline: number | null;
}

type Get = (attribute: string) => string | undefined;

/** Not what is there: taken back, moved away, another form of the same, an instruction, or what was before. */
const skipped = new Set([
  'w:del',
  'w:moveFrom',
  'mc:Fallback',
  'w:instrText',
  'w:delInstrText',
  'w:pPrChange',
  'w:rPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'w:tcPrChange',
  'w:trPrChange',
  'w:numberingChange',
]);
/** How the parts of a formula are told apart on one line. */
const mathSigns: Readonly<Record<string, string>> = { 'm:den': '/', 'm:sup': '^', 'm:sub': '_' };
const off = /^(0|false|off|none)$/;

/** Makes blocks of the text of a Word document (ECMA-376, part 1, 17): the body, or what stands in a note. */
export class WordText implements XmlHandler {
  readonly #parts: WordParts;
  readonly #emit: (block: Block) => void;
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables = new TableRows();
  readonly #above: string[] = [];
  /** Notes that belong to what is being read, told behind it. */
  #notes: string[] = [];
  #noteCount = { footnote: 0, endnote: 0 };
  #skipping = 0;
  #inText = false;
  #isHidden = false;
  /** Runs that were left out. */
  hidden = 0;
  deleted = 0;

  constructor(parts: WordParts, emit: (block: Block) => void) {
    this.#parts = parts;
    this.#emit = emit;
  }

  readonly open = (name: string, get: Get): void => {
    if (this.#skipping > 0 || skipped.has(name)) {
      if (this.#skipping === 0 && this.#takesText(name)) this.deleted += 1;
      this.#skipping += 1;
      return;
    }
    const paragraph = this.#paragraphs.at(-1);
    if (name === 'w:p') this.#paragraphs.push({ text: '', style: null, list: null, level: null, outline: null });
    else if (name === 'w:t' || name === 'm:t') this.#inText = true;
    else if (name === 'w:r') this.#isHidden = false;
    else if (name.startsWith('w:t') || name === 'w:gridSpan' || name === 'w:vMerge' || name === 'w:gridBefore')
      this.#openTable(name, get);
    if (paragraph !== undefined) this.#openInParagraph(paragraph, name, get);
    this.#above.push(name);
  };

  readonly close = (name: string): void => {
    if (this.#skipping > 0) {
      this.#skipping -= 1;
      return;
    }
    this.#above.pop();
    if (name === 'w:t' || name === 'm:t') this.#inText = false;
    else if (name === 'w:p') this.#endParagraph();
    else if (name === 'w:tc') this.#tables.endCell();
    else if (name === 'w:tr') this.#endRow();
    else if (name === 'w:tbl') this.#tables.end();
  };

  readonly text = (said: string): void => {
    if (this.#skipping > 0 || !this.#inText) return;
    if (this.#isHidden) {
      if (said.trim() !== '') this.hidden += 1;
    } else this.#write(said);
  };

  #write(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph !== undefined) paragraph.text += text;
  }

  /** Marks of a paragraph, a row or a run that was taken back hold no text themselves. */
  #takesText(name: string): boolean {
    const above = this.#above.at(-1);
    return (name === 'w:del' || name === 'w:moveFrom') && above !== 'w:rPr' && above !== 'w:trPr';
  }

  #openTable(name: string, get: Get): void {
    const tables = this.#tables;
    if (name === 'w:tbl') tables.begin();
    else if (name === 'w:tr') tables.beginRow();
    else if (name === 'w:tc') tables.beginCell();
    else if (name === 'w:gridSpan') tables.span(Number(get('w:val')));
    else if (name === 'w:gridBefore') tables.skip(Number(get('w:val')));
    else if (name === 'w:vMerge' && get('w:val') !== 'restart') tables.goOn();
  }

  #openInParagraph(paragraph: Paragraph, name: string, get: Get): void {
    const value = get('w:val');
    switch (name) {
      case 'w:pStyle':
        paragraph.style = value ?? null;
        break;
      case 'w:numId':
        paragraph.list = value ?? null;
        break;
      case 'w:ilvl':
        paragraph.level = Number(value);
        break;
      case 'w:outlineLvl':
        paragraph.outline = Number(value);
        break;
      case 'w:vanish':
        this.#isHidden = this.#above.at(-2) === 'w:r' && !off.test(value ?? 'on');
        break;
      default:
        if (!this.#isHidden) this.#openSign(name, get);
    }
  }

  #openSign(name: string, get: Get): void {
    if (name === 'w:tab' || name === 'w:ptab') {
      // A tab stop has the same name.
      if (this.#above.at(-1) === 'w:r') this.#write('\t');
    } else if (name === 'w:br' || name === 'w:cr') {
      if (get('w:type') !== 'page' && get('w:type') !== 'column') this.#write('\n');
    } else if (name === 'w:noBreakHyphen') this.#write('\u2011');
    else if (name === 'w:sym') this.#write(symbolOf(get('w:char') ?? ''));
    else if (name === 'wp:docPr') {
      const description = get('descr')?.trim() ?? '';
      if (description !== '') this.#write(`[${description}]`);
    } else if (name === 'w:footnoteReference') this.#refer('footnote', get('w:id'));
    else if (name === 'w:endnoteReference') this.#refer('endnote', get('w:id'));
    else if (name === 'w:commentReference') {
      const comment = this.#parts.said.comment.get(get('w:id') ?? '');
      if (comment !== undefined) this.#notes.push(`[${comment}]`);
    } else this.#write(mathSigns[name] ?? '');
  }

  #refer(kind: 'footnote' | 'endnote', id: string | undefined): void {
    const said = this.#parts.said[kind].get(id ?? '');
    if (said === undefined) return;
    this.#noteCount[kind] += 1;
    const mark = kind === 'footnote' ? `[^${this.#noteCount[kind]}]` : `[^e${this.#noteCount[kind]}]`;
    this.#write(mark);
    this.#notes.push(`${mark}: ${said}`);
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (paragraph === undefined || paragraph.text.trim() === '') return;
    const { styles } = this.#parts;
    const heading = paragraph.outline === null ? styles.heading(paragraph.style) : headingOfOutline(paragraph.outline);
    const { label, level } = this.#labelOf(paragraph);
    const indent = heading === null && label !== '' ? '  '.repeat(level) : '';
    const text = `${indent}${label}${label === '' ? '' : ' '}${paragraph.text}`;
    if (this.#tables.inTable) this.#tables.write(text.trim());
    else {
      this.#emit({ text, heading, close: label !== '' && heading === null });
      this.#endNotes();
    }
  }

  #labelOf({ style, list, level }: Paragraph): { readonly label: string; readonly level: number } {
    const { styles, numbering } = this.#parts;
    const number = list ?? styles.list(style);
    if (number === null || number === '0') return { label: '', level: 0 };
    const depth = level ?? styles.level(style) ?? numbering.levelOfStyle(number, style ?? '') ?? 0;
    return { label: numbering.label(number, depth) ?? '', level: Math.max(0, Math.min(depth, 8)) };
  }

  #endRow(): void {
    const row = this.#tables.endRow();
    if (row === null) return;
    this.#emit({ text: row.line, heading: null, close: !row.isFirst });
    this.#endNotes();
  }

  /** Notes come behind the paragraph or the row that they belong to. */
  #endNotes(): void {
    if (this.#paragraphs.length > 0 || this.#notes.length === 0) return;
    const notes = this.#notes;
    this.#notes = [];
    for (const text of notes) this.#emit({ text, heading: null, close: true });
  }
}
