import type { Job } from '../contract/job.ts';
import { formatBytes, formatDuration } from './format.ts';
import type { Language } from './index.ts';
import type { SayWords } from './say-locator.ts';

/** Stands where nobody can tell. */
const untold = '…';

/**
 * What sentences about a job are filled with, in what it is counted in: `1.0 GB` of `2.0 GB` at `12 MB` a second, `3` of
 * `40 pages` at `2.5 pages`, and the time left.
 */
export function jobValues(t: SayWords, job: Job, language: Language) {
  const { unit, amount, total, rate, leftMs } = job;
  const quantity = (count: number) => t(`quantity.${unit}`, { ns: 'jobs', count });
  const figure = unit === 'byte' ? formatBytes(amount) : new Intl.NumberFormat(language).format(amount);
  return {
    done: total === null ? quantity(amount) : figure,
    total: total === null ? untold : quantity(total),
    rate: quantity(unit === 'byte' || rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10),
    left: formatDuration(leftMs === null ? Number.POSITIVE_INFINITY : leftMs / 1000, language),
  };
}
