import type { ReadBudget } from '../../budget.ts';
import type { XmlHandler } from '../../xml/read-xml.ts';
import type { KindSection } from '../sections.ts';
import type { Get, OdfParagraph } from './odf-inline.ts';
import { OdfLists } from './odf-lists.ts';
import type { OdfStyles } from './odf-styles.ts';
import { OdfTables } from './odf-tables.ts';

/** What stands on every slide or counts them. */
const aside = new Set(['date-time', 'footer', 'header', 'page-number', 'page']);

/** The slides of an OpenDocument presentation. */
export class OdfSlides implements XmlHandler {
  readonly #styles: OdfStyles;
  readonly #budget: ReadBudget;
  readonly #takeNotes: () => readonly string[];
  readonly #lists: OdfLists;
  readonly #tables: OdfTables;
  hidden = 0;
  #number = 0;
  #isHidden = false;
  #frame: string | null = null;
  /** Blocks of lines; a title comes first. */
  #blocks: string[][] = [];
  #titles: string[] = [];
  #notes: string[] = [];
  #ready: KindSection[] = [];

  constructor(styles: OdfStyles, budget: ReadBudget, takeNotes: () => readonly string[]) {
    this.#styles = styles;
    this.#budget = budget;
    this.#takeNotes = takeNotes;
    this.#lists = new OdfLists(styles);
    this.#tables = new OdfTables((line) => this.#line(line));
  }

  readonly open = (name: string, get: Get): void => {
    if (name === 'draw:page') this.#begin(get);
    else if (name.startsWith('table:')) this.#tables.open(name, get);
    else if (name.startsWith('text:')) this.#lists.open(name, get);
    else if (name === 'draw:frame' || name === 'draw:custom-shape') {
      this.#frame = get('presentation:class') ?? '';
      this.#blocks.push([]);
    } else if (name === 'presentation:notes') this.#blocks.push([]);
  };

  readonly close = (name: string): void => {
    if (name === 'draw:page') this.#end();
    else if (name.startsWith('table:')) this.#tables.close(name);
    else if (name.startsWith('text:')) this.#lists.close(name);
    else if (name === 'draw:frame' || name === 'draw:custom-shape') this.#frame = null;
  };

  write({ text, notes }: OdfParagraph): void {
    const lead = this.#lists.lead();
    this.#notes.push(...notes);
    if (this.#tables.inTable) this.#tables.write(text, []);
    else if (text.trim() === '' || aside.has(this.#frame ?? '')) return;
    else if (this.#frame === 'title') this.#titles.push(text.trim());
    // Every text of an outline is an item of a list, so that only deeper ones are set in.
    else this.#line((lead === null ? '' : (/^ */.exec(lead)?.[0] ?? '')) + text);
  }

  take(): readonly KindSection[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #line(line: string): void {
    this.#budget.takeBlock();
    if (this.#blocks.length === 0) this.#blocks.push([]);
    if (line.trim() !== '') this.#blocks.at(-1)?.push(line);
  }

  #begin(get: Get): void {
    this.#number += 1;
    this.#isHidden = this.#styles.isHidden('drawing-page', get('draw:style-name'));
    [this.#blocks, this.#titles, this.#notes, this.#frame] = [[], [], [], null];
  }

  #end(): void {
    if (this.#isHidden) this.hidden += 1;
    const title = this.#titles.length === 0 ? [] : [`# ${this.#titles.join(' ')}`];
    const blocks = [...title, ...this.#blocks.map((lines) => lines.join('\n')), ...this.#notes, ...this.#takeNotes()];
    const locator = { unit: 'slide', first: this.#number, last: this.#number } as const;
    const text = this.#isHidden ? '' : blocks.filter((block) => block.trim() !== '').join('\n\n');
    this.#ready.push({ locator, text, read: this.#number });
  }
}
