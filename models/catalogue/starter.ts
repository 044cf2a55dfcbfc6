import type { CatalogueRow } from '../../contract/model.ts';
import { fitOf, type Memory } from '../fit/fit.ts';

/** The best row for a person that fits and whose source answers; null when there is none. */
export function chooseStarter(
  rows: readonly CatalogueRow[],
  memory: Memory,
  answers: (row: CatalogueRow) => boolean,
): CatalogueRow | null {
  const candidates = rows
    .filter(
      (row) =>
        row.purpose === 'chat' &&
        row.audience === 'person' &&
        row.starterRank > 0 &&
        fitOf(row, memory).fit === 'well' &&
        answers(row),
    )
    .sort((one, other) => other.starterRank - one.starterRank);
  return candidates[0] ?? null;
}
