import { Parser } from 'htmlparser2';
import type { ReadBudget } from '../../budget.ts';
import type { Block } from '../blocks.ts';
import { TableRows } from '../word/table-rows.ts';
import { asideTags, blockTags, headingOf, isHiddenTag, skippedTags } from './html-tags.ts';

/** A block, and whether it stands in what the page says is its content, or beside it. */
export interface HtmlBlock extends Block {
  readonly where: 'main' | 'page' | 'aside';
}

type Attributes = Readonly<Record<string, string>>;

type Mark = 'main' | 'aside' | 'skipped' | 'pre';

interface OpenList {
  readonly isCounted: boolean;
  count: number;
}

/** Reads HTML as a page shows it: blocks of text without scripts, controls and what is hidden. Nothing is fetched. */
export class HtmlBlocks {
  readonly blocks: HtmlBlock[] = [];
  title = '';
  hidden = 0;
  readonly #budget: ReadBudget;
  readonly #parser: Parser;
  readonly #tables = new TableRows();
  readonly #lists: OpenList[] = [];
  readonly #open: string[] = [];
  /** How many open elements say it: of content, of what is beside it, and those that are skipped or keep their spaces. */
  readonly #within = { main: 0, aside: 0, skipped: 0, pre: 0 };
  readonly #marks: (Mark | null)[] = [];
  #text = '';
  #label = '';
  #heading: number | null = null;
  #inTitle = false;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => this.#begin(name, attributes),
        onclosetag: (name) => this.#end(name),
        ontext: (text) => this.#say(text),
      },
      { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true },
    );
  }

  write(html: string): void {
    this.#parser.write(html);
  }

  end(): void {
    this.#parser.end();
    this.#finish();
  }

  #begin(name: string, attributes: Attributes): void {
    this.#budget.checkDepth(this.#open.length);
    this.#open.push(name);
    const mark = this.#markOf(name, attributes);
    this.#marks.push(mark);
    if (mark !== null) this.#within[mark] += 1;
    if (name === 'title') this.#inTitle = this.title === '';
    if (this.#within.skipped > 0) return;
    if (blockTags.has(name)) this.#finish();
    const heading = headingOf(name);
    if (heading !== null) this.#heading = heading;
    else if (name === 'br') this.#text += '\n';
    else if (name === 'img' && attributes['alt'] !== undefined && attributes['alt'].trim() !== '')
      this.#text += `[${attributes['alt'].trim()}]`;
    else this.#beginStructure(name, attributes);
  }

  #beginStructure(name: string, attributes: Attributes): void {
    if (name === 'ul' || name === 'ol')
      this.#lists.push({ isCounted: name === 'ol', count: (Number(attributes['start']) || 1) - 1 });
    else if (name === 'li') this.#label = this.#nextLabel();
    else if (name === 'table') this.#beginTable();
    else if (name === 'tr') this.#tables.beginRow();
    else if (name === 'td' || name === 'th') {
      this.#tables.beginCell();
      this.#tables.span(Number(attributes['colspan'] ?? 1) || 1);
    }
  }

  #end(name: string): void {
    this.#open.pop();
    if (name === 'title') this.#inTitle = false;
    if (this.#within.skipped === 0) this.#endStructure(name);
    const mark = this.#marks.pop() ?? null;
    if (mark !== null) this.#within[mark] -= 1;
  }

  #endStructure(name: string): void {
    if (blockTags.has(name)) this.#finish();
    if (headingOf(name) !== null) this.#heading = null;
    else if (name === 'ul' || name === 'ol') this.#lists.pop();
    else if (name === 'td' || name === 'th') this.#tables.endCell();
    else if (name === 'tr') this.#endRow();
    else if (name === 'table') this.#tables.end();
  }

  /** Begins a table. One that begins within another and in none of its cells ends that other (HTML, 13.2.6.4.9). */
  #beginTable(): void {
    if (this.#tables.inTable && !this.#tables.inCell) {
      this.#endRow();
      this.#tables.end();
    }
    this.#tables.begin();
  }

  #endRow(): void {
    const row = this.#tables.endRow();
    if (row !== null) this.#add(row.line, null, !row.isFirst);
  }

  #say(said: string): void {
    this.#budget.takeCharacters(said.length);
    if (this.#inTitle) this.title += said;
    else if (this.#within.skipped === 0)
      this.#text += this.#within.pre > 0 ? said : said.replaceAll(/[ \t\r\n\f]+/g, ' ');
  }

  /** Ends the block that is open. */
  #finish(): void {
    const text = this.#text;
    this.#text = '';
    const shown =
      this.#within.pre > 0
        ? text.replace(/^\n+/, '').trimEnd()
        : text
            .replaceAll(/ {2,}/g, ' ')
            .replaceAll(/ ?\n ?/g, '\n')
            .trim();
    if (shown === '') return;
    // What stands in a table and in none of its cells, such as its caption, is shown before or after it (HTML, 13.2.6.4.9).
    if (this.#tables.inCell) {
      this.#tables.write(shown);
      return;
    }
    const isItem = this.#label !== '' && this.#heading === null;
    this.#add(isItem ? this.#label + shown : shown, this.#heading, isItem);
    this.#label = '';
  }

  #add(text: string, heading: number | null, close: boolean): void {
    if (text.trim() === '') return;
    this.#budget.takeBlock();
    const { main, aside } = this.#within;
    this.blocks.push({ text, heading, close, where: aside > 0 ? 'aside' : main > 0 ? 'main' : 'page' });
  }

  #nextLabel(): string {
    const list = this.#lists.at(-1);
    const indent = '  '.repeat(Math.max(0, Math.min(this.#lists.length - 1, 8)));
    if (list?.isCounted !== true) return `${indent}- `;
    list.count += 1;
    return `${indent}${list.count}. `;
  }

  #markOf(name: string, attributes: Attributes): Mark | null {
    if (skippedTags.has(name)) return 'skipped';
    if (isHiddenTag(attributes)) {
      this.hidden += 1;
      return 'skipped';
    }
    const role = attributes['role'];
    if (name === 'main' || name === 'article' || role === 'main') return 'main';
    if (asideTags.has(name) || role === 'navigation' || role === 'contentinfo' || role === 'banner') return 'aside';
    return name === 'pre' ? 'pre' : null;
  }
}
