import { documentTextLimitBytes } from '../contract/document.ts';
import { AppError } from '../contract/errors.ts';

/** How much a document may bring in all, whatever it is packed in. */
export interface BudgetLimits {
  /** Bytes of all members together, unpacked. */
  readonly bytes: number;
  /** Members of an archive. */
  readonly entries: number;
  /** Unpacked bytes for one that is packed; small documents may be over it. */
  readonly ratio: number;
  /** Bytes up to which the ratio is not looked at. */
  readonly ratioFrom: number;
  /** Elements within one another. */
  readonly depth: number;
  /** Paragraphs, cells and rows. */
  readonly blocks: number;
  /** UTF-16 units of text, taken or not. */
  readonly characters: number;
}

/**
 * The figures leave room for what people have: a workbook of 300,000 rows is 250 MB of XML at a ratio of 20 to 40, and no
 * program nests deeper than some dozens. DEFLATE cannot pack more than 1,032 to one (RFC 1951).
 */
export const budgetLimits: BudgetLimits = {
  bytes: 400_000_000,
  entries: 20_000,
  ratio: 250,
  ratioFrom: 50_000_000,
  depth: 1000,
  blocks: 5_000_000,
  characters: 4 * documentTextLimitBytes,
};

/**
 * Counts what one document has brought so far, over all of its members: a hundred members of a little less than a limit are a
 * bomb as one is. Every method throws `file/unpacks-too-large` when its limit is passed.
 */
export class ReadBudget {
  readonly #limits: BudgetLimits;
  readonly #packedBytes: number;
  #bytes = 0;
  #entries = 0;
  #blocks = 0;
  #characters = 0;

  constructor(packedBytes: number, limits: BudgetLimits = budgetLimits) {
    this.#packedBytes = packedBytes;
    this.#limits = limits;
  }

  /** Bytes that were unpacked. */
  takeBytes(count: number): void {
    this.#bytes += count;
    const { bytes, ratio, ratioFrom } = this.#limits;
    if (this.#bytes > bytes) throw over('bytes', bytes);
    if (this.#bytes > ratioFrom && this.#bytes > ratio * this.#packedBytes) throw over('ratio', ratio);
  }

  /** Refuses a member before a byte of it is unpacked, by what it says of its size. */
  expectBytes(count: number): void {
    if (this.#bytes + count > this.#limits.bytes) throw over('bytes', this.#limits.bytes);
  }

  takeEntry(): void {
    this.#entries += 1;
    if (this.#entries > this.#limits.entries) throw over('entries', this.#limits.entries);
  }

  takeBlock(): void {
    this.#blocks += 1;
    if (this.#blocks > this.#limits.blocks) throw over('blocks', this.#limits.blocks);
  }

  takeCharacters(count: number): void {
    this.#characters += count;
    if (this.#characters > this.#limits.characters) throw over('characters', this.#limits.characters);
  }

  /** Elements that are open. */
  checkDepth(depth: number): void {
    if (depth > this.#limits.depth) throw over('depth', this.#limits.depth);
  }
}

function over(what: keyof BudgetLimits, limit: number): AppError {
  return new AppError('file/unpacks-too-large', `more ${what} than ${limit}`);
}
