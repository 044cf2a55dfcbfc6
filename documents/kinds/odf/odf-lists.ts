import type { XmlHandler } from '../../xml/read-xml.ts';
import type { Get } from './odf-inline.ts';
import type { OdfStyles } from './odf-styles.ts';

interface List {
  readonly style: string;
  count: number;
}

/** Counts the items of lists that stand within one another. */
export class OdfLists implements XmlHandler {
  readonly #styles: OdfStyles;
  readonly #open: List[] = [];
  /** How far lists of a style were counted, for one that goes on. */
  readonly #counted = new Map<string, number>();
  /** The item that is open has no label yet. */
  #isNew = false;

  constructor(styles: OdfStyles) {
    this.#styles = styles;
  }

  readonly open = (name: string, get: Get): void => {
    if (name === 'text:list') {
      const style = get('text:style-name') ?? this.#open.at(-1)?.style ?? '';
      const goesOn = get('text:continue-numbering') === 'true' || get('text:continue-list') !== undefined;
      this.#open.push({ style, count: goesOn ? (this.#counted.get(`${style}/${this.#open.length}`) ?? 0) : 0 });
    } else if (name === 'text:list-item') {
      const list = this.#open.at(-1);
      if (list !== undefined)
        list.count = get('text:start-value') === undefined ? list.count + 1 : Number(get('text:start-value'));
      this.#isNew = true;
    } else if (name === 'text:list-header') this.#isNew = false;
  };

  readonly close = (name: string): void => {
    if (name !== 'text:list') return;
    const list = this.#open.pop();
    if (list !== undefined) this.#counted.set(`${list.style}/${this.#open.length}`, list.count);
  };

  /** What stands before the next paragraph; null outside of lists. Only the first one of an item has a label. */
  lead(): string | null {
    const list = this.#open.at(-1);
    if (list === undefined) return null;
    const indent = '  '.repeat(Math.min(this.#open.length - 1, 8));
    if (!this.#isNew) return indent;
    this.#isNew = false;
    const label = this.#styles.label(list.style, this.#open.length, list.count);
    return label === '' ? indent : `${indent}${label} `;
  }
}
