import SSF from 'ssf';

/** Formats of dates that a system shows in its own way, as ISO 8601: whoever reads on has another system. */
const systemDates: Readonly<Record<number, string>> = { 14: 'yyyy-mm-dd', 22: 'yyyy-mm-dd hh:mm' };
/** Results that are kept: most columns say the same few things again. */
const mostKept = 50_000;
/** Numbers of so many signs are shown as they are; longer ones are rounded, or shown with an exponent. */
const mostSigns = 11;
const leastPart = 0.0001;

/** Shows numbers as a spreadsheet does (ECMA-376, 18.8.30), by the format that a cell has. */
export class CellFormats {
  readonly #codes: readonly string[];
  readonly #from1904: boolean;
  readonly #kept: Map<string, string>[] = [];
  #count = 0;

  /** `formats` by the number of a cell's style: a code, or the number of one that needs none. */
  constructor(formats: readonly (string | number)[], from1904: boolean) {
    this.#codes = formats.map((format) => (typeof format === 'string' ? format : codeOf(format)));
    this.#from1904 = from1904;
  }

  /** Whether a style shows numbers as they are. */
  isGeneral(style: number): boolean {
    return (this.#codes[style] ?? 'General') === 'General';
  }

  show(value: number, style: number): string {
    const code = this.#codes[style] ?? 'General';
    if (code === 'General' && isShort(value)) return String(value);
    this.#kept[style] ??= new Map();
    const kept = this.#kept[style];
    const key = String(value);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const shown = this.#format(code, value);
    if (this.#count < mostKept) {
      kept.set(key, shown);
      this.#count += 1;
    }
    return shown;
  }

  #format(code: string, value: number): string {
    try {
      // A date before the first one is shown as nothing but signs.
      if (value < 0 && SSF.is_date(code)) return String(value);
      return SSF.format(code, value, { date1904: this.#from1904 }).trim();
    } catch {
      return String(value);
    }
  }
}

function isShort(value: number): boolean {
  const size = Math.abs(value);
  return (size >= leastPart || size === 0) && String(size).length <= mostSigns && size < 10 ** mostSigns;
}

function codeOf(format: number): string {
  return systemDates[format] ?? SSF.get_table()[format] ?? 'General';
}
