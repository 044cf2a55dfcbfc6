import type { Measured } from '../results.ts';

export interface AreaOptions {
  /** Samples of each side of every ratio. */
  readonly runs: number;
  /** One line for the person who waits. */
  readonly say: (line: string) => void;
}

/** Measures some figures with nothing else running; leaves no process and no file behind. */
export type Area = (options: AreaOptions) => Promise<readonly Measured[]>;
