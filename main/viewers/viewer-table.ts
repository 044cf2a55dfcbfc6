import type { ViewerPlace } from '../../contract/passage.ts';
import table from './viewers.json' with { type: 'json' };

/**
 * The words that a viewer is started with: `{file}` stands for the path, `{url}` for its address, `{place}` for the number of a
 * page or line, `{sheet}` and `{cell}` for those of a table, as part of an address.
 */
type Words = readonly string[];

export interface ViewerRow {
  /** Names of its program, as entries of menus start it. */
  readonly programs: readonly string[];
  /** Its name among sandboxed applications; left out where there is none. */
  readonly sandboxed?: string;
  /** How it is told each place; a place that is left out it cannot be told. */
  readonly told: Readonly<Partial<Record<ViewerPlace['unit'], Words>>>;
}

/** What is known of how viewers and editors are told a place, by their manuals. Whoever is not here is given the file alone. */
export const viewerTable: readonly ViewerRow[] = table.viewers;
