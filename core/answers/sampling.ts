import type { UsedAction } from '../../contract/atom.ts';
import type { Sampling } from '../../contract/model.ts';

/**
 * What an action wants of the sampling goes before what the model is usually asked with. Where the likeliest word is
 * always taken, nothing is left to choose between, and a penalty would only keep words from being repeated.
 */
export function mergeSampling(usual: Sampling, wanted: UsedAction['sampling']): Sampling {
  if (wanted?.temperature === 0) return { temperature: 0 };
  const set = Object.entries(wanted ?? {}).filter(([, value]) => value !== undefined);
  return { ...usual, ...Object.fromEntries(set) };
}
