import type { XmlHandler } from '../../xml/read-xml.ts';
import type { OdfStyles } from './odf-styles.ts';

export type Get = (attribute: string) => string | undefined;

/** A paragraph or a heading, with notes and comments that belong to it. */
export interface OdfParagraph {
  readonly text: string;
  /** Its depth; null for running text. */
  readonly heading: number | null;
  readonly notes: readonly string[];
}

interface Open {
  text: string;
  readonly heading: number | null;
}

interface Aside {
  readonly mark: string;
  author: string;
  readonly lines: string[];
  inAuthor: boolean;
}

/** What is no text of the document: taken back, of forms and scripts, numbers that are made anew, dates of comments. */
const skipped = new Set([
  'text:tracked-changes',
  'office:forms',
  'office:scripts',
  'text:note-citation',
  'svg:title',
  'dc:date',
  'meta:date-string',
  'meta:creator-initials',
  'loext:sender-initials',
  'text:hidden-text',
  'office:event-listeners',
]);
const mostSpaces = 100;

/** The running text of an OpenDocument file: paragraphs with what stands in them; all else goes to `structure`. */
export class OdfInline implements XmlHandler {
  readonly #styles: OdfStyles;
  readonly #onParagraph: (paragraph: OdfParagraph) => void;
  readonly #structure: XmlHandler;
  readonly #open: Open[] = [];
  readonly #asides: Aside[] = [];
  #notes: string[] = [];
  #skipping = 0;
  #noteCount = 0;
  deleted = 0;
  hidden = 0;

  constructor(styles: OdfStyles, structure: XmlHandler, onParagraph: (paragraph: OdfParagraph) => void) {
    this.#styles = styles;
    this.#structure = structure;
    this.#onParagraph = onParagraph;
  }

  readonly open = (name: string, get: Get): void => {
    this.#styles.open(name, get);
    if (this.#skipping > 0 || skipped.has(name) || this.#isHidden(name, get)) {
      if (name === 'text:deletion') this.deleted += 1;
      this.#skipping += 1;
      return;
    }
    if (name === 'text:p' || name === 'text:h') {
      this.#open.push({ text: '', heading: this.#headingOf(name, get) });
    } else if (name === 'text:note') {
      this.#noteCount += 1;
      this.#beginAside(get('text:note-class') === 'endnote' ? `[^e${this.#noteCount}]` : `[^${this.#noteCount}]`);
    } else if (name === 'office:annotation') this.#asides.push({ mark: '', author: '', lines: [], inAuthor: false });
    else if (name === 'dc:creator') {
      const aside = this.#asides.at(-1);
      if (aside !== undefined) aside.inAuthor = true;
    } else if (name === 'svg:desc') this.#open.push({ text: '', heading: null });
    else if (!this.#openSign(name, get)) this.#structure.open?.(name, get);
  };

  readonly close = (name: string): void => {
    this.#styles.close(name);
    if (this.#skipping > 0) {
      this.#skipping -= 1;
      return;
    }
    if (name === 'text:p' || name === 'text:h') this.#endParagraph();
    else if (name === 'text:note' || name === 'office:annotation') this.#endAside();
    else if (name === 'dc:creator') {
      const aside = this.#asides.at(-1);
      if (aside !== undefined) aside.inAuthor = false;
    } else if (name === 'svg:desc') {
      const description = this.#open.pop()?.text.trim() ?? '';
      if (description !== '') this.#write(`[${description}]`);
    } else this.#structure.close?.(name);
  };

  readonly text = (said: string): void => {
    if (this.#skipping > 0) return;
    const aside = this.#asides.at(-1);
    if (aside?.inAuthor === true) aside.author += said;
    else this.#write(said.replaceAll(/[ \t\r\n]+/g, ' '));
  };

  #headingOf(name: string, get: Get): number | null {
    if (name === 'text:h') return Math.max(1, Number(get('text:outline-level') ?? 1) || 1);
    return this.#styles.isTitle(get('text:style-name')) ? 1 : null;
  }

  #isHidden(name: string, get: Get): boolean {
    const family = name === 'text:span' ? 'text' : name === 'text:p' || name === 'text:h' ? 'paragraph' : null;
    if (family === null || !this.#styles.isHidden(family, get('text:style-name'))) return false;
    this.hidden += 1;
    return true;
  }

  #write(text: string): void {
    const open = this.#open.at(-1);
    if (open !== undefined) open.text += text;
  }

  /** Whether it is a sign of running text. */
  #openSign(name: string, get: Get): boolean {
    if (name === 'text:s') this.#write(' '.repeat(Math.min(mostSpaces, Number(get('text:c') ?? 1) || 1)));
    else if (name === 'text:tab') this.#write('\t');
    else if (name === 'text:line-break') this.#write('\n');
    else return false;
    return true;
  }

  #beginAside(mark: string): void {
    this.#write(mark);
    this.#asides.push({ mark, author: '', lines: [], inAuthor: false });
  }

  #endAside(): void {
    const aside = this.#asides.pop();
    const said = aside?.lines.join('\n').trim() ?? '';
    if (aside === undefined || said === '') return;
    const author = aside.author.trim();
    if (aside.mark !== '') this.#notes.push(`${aside.mark}: ${said}`);
    else this.#notes.push(author === '' ? `[${said}]` : `[${author}: ${said}]`);
  }

  #endParagraph(): void {
    const done = this.#open.pop();
    if (done === undefined) return;
    const aside = this.#asides.at(-1);
    if (aside !== undefined) {
      aside.lines.push(done.text);
      return;
    }
    const notes = this.#notes;
    // A paragraph within another one, such as of a text box, leaves notes to the outer one.
    if (this.#open.length === 0) this.#notes = [];
    this.#onParagraph({ text: done.text, heading: done.heading, notes: this.#open.length === 0 ? notes : [] });
  }

  /** Notes that no paragraph has taken, such as a comment on a cell without a text. */
  takeNotes(): readonly string[] {
    const notes = this.#notes;
    this.#notes = [];
    return notes;
  }
}
