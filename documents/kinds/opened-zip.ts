import type { ReadBudget } from '../budget.ts';
import type { ZipParts } from '../zip/open-zip.ts';

/** A document that is an archive, open, with what it may still bring. */
export interface OpenedZip {
  readonly zip: ZipParts;
  readonly budget: ReadBudget;
}
