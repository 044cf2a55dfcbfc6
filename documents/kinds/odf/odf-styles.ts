import { walkXml, type XmlHandler } from '../../xml/read-xml.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { countedAs } from '../word/count-words.ts';

interface ListLevel {
  /** Null for a bullet. */
  readonly format: string | null;
  readonly start: number;
  readonly before: string;
  readonly after: string;
}

/** Styles that stand on one another; more would be a ring. */
const mostParents = 12;

/** What styles of an OpenDocument file say of what is hidden and how lists are counted (ISO/IEC 26300, 16 and 20). */
export class OdfStyles implements XmlHandler {
  readonly #hidden = new Set<string>();
  readonly #parents = new Map<string, string>();
  readonly #lists = new Map<string, Map<number, ListLevel>>();
  #style = '';
  #list: Map<number, ListLevel> | null = null;

  readonly open = (name: string, get: (attribute: string) => string | undefined): void => {
    if (name === 'style:style') {
      this.#style = `${get('style:family') ?? ''}/${get('style:name') ?? ''}`;
      this.#parents.set(this.#style, `${get('style:family') ?? ''}/${get('style:parent-style-name') ?? ''}`);
    } else if (name === 'text:list-style') {
      this.#list = new Map();
      this.#lists.set(get('style:name') ?? '', this.#list);
    } else if (name === 'style:text-properties') {
      if (get('text:display') === 'none') this.#hidden.add(this.#style);
    } else if (name === 'style:table-properties') {
      if (get('table:display') === 'false') this.#hidden.add(this.#style);
    } else if (name === 'style:drawing-page-properties') {
      if (get('presentation:visibility') === 'hidden') this.#hidden.add(this.#style);
    } else if (name === 'text:list-level-style-number' || name === 'text:list-level-style-bullet') {
      const format = name === 'text:list-level-style-bullet' ? null : (get('style:num-format') ?? '');
      this.#list?.set(Number(get('text:level')), {
        format,
        start: Number(get('text:start-value') ?? 1),
        before: get('style:num-prefix') ?? '',
        after: get('style:num-suffix') ?? '',
      });
    }
  };

  readonly close = (name: string): void => {
    if (name === 'style:style') this.#style = '';
    else if (name === 'text:list-style') this.#list = null;
  };

  /** Reads the styles that a document keeps beside its text. Throws `file/…`. */
  async readBeside({ zip, budget }: OpenedZip): Promise<void> {
    await walkXml(zip.chunks('styles.xml'), budget, this);
  }

  isHidden(family: 'text' | 'paragraph' | 'table' | 'drawing-page', name: string | undefined): boolean {
    return name !== undefined && this.#hidden.has(`${family}/${name}`);
  }

  /** Whether a paragraph is the title of the document, which has no outline level. */
  isTitle(name: string | undefined): boolean {
    let style: string | undefined = `paragraph/${name ?? ''}`;
    for (let count = 0; style !== undefined && count < mostParents; count += 1) {
      if (style === 'paragraph/Title') return true;
      style = this.#parents.get(style);
    }
    return false;
  }

  /** The label of an item, counted from 1 in its list; a bullet is a hyphen. */
  label(list: string, level: number, count: number): string {
    const found = this.#lists.get(list)?.get(level);
    if (found === undefined || found.format === null) return '-';
    if (found.format === '') return '';
    return `${found.before}${countedAs(found.format, found.start + count - 1)}${found.after}`;
  }
}
