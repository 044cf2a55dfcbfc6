import type { ReadBudget } from '../../budget.ts';
import { walkXml } from '../../xml/read-xml.ts';
import type { ZipParts } from '../../zip/open-zip.ts';
import { countedAs } from './count-words.ts';

interface Level {
  format: string;
  start: number;
  /** Its label with places for counts: `%1.%2)`. */
  text: string;
  /** The style that has this level by itself. */
  style: string | null;
}

interface List {
  abstract: string;
  /** Where a level begins anew in this list. */
  readonly starts: Map<number, number>;
}

/** The deepest level of a list (ECMA-376, 17.9.6). */
const levels = 9;

/** The labels of lists, counted as they come. */
export class Numbering {
  readonly #abstracts = new Map<string, Map<number, Level>>();
  readonly #lists = new Map<string, List>();
  readonly #counts = new Map<string, number[]>();
  readonly #begun = new Set<string>();

  /** Reads what a document says of its lists; none is no error. Throws `file/…`. */
  async read(zip: ZipParts, budget: ReadBudget, part: string): Promise<void> {
    let abstract: Map<number, Level> | null = null;
    let level: Level | null = null;
    let list: List | null = null;
    let overridden = 0;
    await walkXml(zip.chunks(part), budget, {
      open: (name, get) => {
        const value = get('w:val') ?? '';
        if (name === 'w:abstractNum') {
          abstract = new Map();
          this.#abstracts.set(get('w:abstractNumId') ?? '', abstract);
        } else if (name === 'w:num') {
          list = { abstract: '', starts: new Map() };
          this.#lists.set(get('w:numId') ?? '', list);
        } else if (name === 'w:lvl' && abstract !== null) {
          level = { format: 'decimal', start: 1, text: '', style: null };
          abstract.set(Number(get('w:ilvl') ?? 0), level);
        } else if (name === 'w:abstractNumId' && list !== null) list.abstract = value;
        else if (name === 'w:lvlOverride') overridden = Number(get('w:ilvl') ?? 0);
        else if (name === 'w:startOverride') list?.starts.set(overridden, Number(value));
        else if (level !== null) learn(level, name, value);
      },
      close: (name) => {
        if (name === 'w:abstractNum') abstract = null;
        else if (name === 'w:lvl') level = null;
        else if (name === 'w:num') list = null;
      },
    });
  }

  /** The level of a list that belongs to a style. */
  levelOfStyle(list: string, style: string): number | null {
    for (const [depth, level] of this.#levelsOf(list) ?? []) if (level.style === style) return depth;
    return null;
  }

  /** The next label of a list; null for a list that is not there. A bullet is a hyphen. */
  label(list: string, depth: number): string | null {
    const found = this.#levelsOf(list);
    const level = found?.get(depth);
    const abstract = this.#lists.get(list)?.abstract;
    if (found === undefined || level === undefined || abstract === undefined || depth < 0 || depth >= levels)
      return null;
    if (level.format === 'bullet' || level.format === 'none') return level.format === 'none' ? '' : '-';
    const counts = this.#countsOf(list, abstract);
    counts.length = Math.min(counts.length, depth + 1);
    counts[depth] = (counts[depth] ?? level.start - 1) + 1;
    return (level.text === '' ? `%${depth + 1}.` : level.text).replaceAll(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const other = found.get(at);
      return countedAs(other?.format ?? 'decimal', counts[at] ?? other?.start ?? 1);
    });
  }

  #levelsOf(list: string): Map<number, Level> | undefined {
    return this.#abstracts.get(this.#lists.get(list)?.abstract ?? '');
  }

  /** Lists of one kind count on, but for those that say where they begin. */
  #countsOf(list: string, abstract: string): number[] {
    const counts = this.#counts.get(abstract) ?? [];
    this.#counts.set(abstract, counts);
    if (this.#begun.has(list)) return counts;
    this.#begun.add(list);
    for (const [depth, start] of this.#lists.get(list)?.starts ?? [])
      if (depth >= 0 && depth < levels) counts[depth] = start - 1;
    return counts;
  }
}

function learn(level: Level, name: string, value: string): void {
  if (name === 'w:numFmt') level.format = value;
  else if (name === 'w:start') level.start = Number(value) || 0;
  else if (name === 'w:lvlText') level.text = value;
  else if (name === 'w:pStyle') level.style = value;
}
