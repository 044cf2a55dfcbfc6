import type { ReadBudget } from '../../budget.ts';
import { walkXml } from '../../xml/read-xml.ts';
import type { ZipParts } from '../../zip/open-zip.ts';

interface Style {
  name: string;
  base: string | null;
  outline: number | null;
  list: string | null;
  level: number | null;
}

/** Styles that stand on one another; more would be a ring. */
const mostBases = 12;
/** The outline level of running text (ECMA-376, 17.3.1.20). */
const bodyText = 9;

/** What the styles of a document say of headings and lists. */
export class Styles {
  readonly #styles = new Map<string, Style>();

  /** Reads a document's styles; none is no error. Throws `file/…`. */
  async read(zip: ZipParts, budget: ReadBudget, part: string): Promise<void> {
    let style: Style | null = null;
    await walkXml(zip.chunks(part), budget, {
      open: (name, get) => {
        const value = get('w:val') ?? '';
        if (name === 'w:style') {
          style = { name: '', base: null, outline: null, list: null, level: null };
          this.#styles.set(get('w:styleId') ?? '', style);
        } else if (style === null) return;
        else if (name === 'w:name') style.name = value.toLowerCase();
        else if (name === 'w:basedOn') style.base = value;
        else if (name === 'w:outlineLvl') style.outline = Number(value);
        else if (name === 'w:numId') style.list = value;
        else if (name === 'w:ilvl') style.level = Number(value);
      },
      close: (name) => {
        if (name === 'w:style') style = null;
      },
    });
  }

  /** The depth of the heading that a style makes, from 1; null for running text. */
  heading(id: string | null): number | null {
    for (const { name, outline } of this.#chain(id)) {
      const digit = /^heading ([1-9])$/.exec(name)?.[1];
      if (digit !== undefined) return Number(digit);
      if (name === 'title') return 1;
      if (outline !== null) return headingOfOutline(outline);
    }
    return null;
  }

  list(id: string | null): string | null {
    for (const { list } of this.#chain(id)) if (list !== null) return list;
    return null;
  }

  level(id: string | null): number | null {
    for (const { level } of this.#chain(id)) if (level !== null) return level;
    return null;
  }

  *#chain(id: string | null): Generator<Style> {
    let next = id;
    for (let count = 0; next !== null && count < mostBases; count += 1) {
      const style = this.#styles.get(next);
      if (style === undefined) return;
      yield style;
      next = style.base;
    }
  }
}

export function headingOfOutline(outline: number): number | null {
  return outline >= 0 && outline < bodyText ? outline + 1 : null;
}
