import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from '../../app/backend.ts';
import { Pictures } from '../../run/pictures.ts';
import { Trial, type TrialInput } from './trial.ts';
import type { Outputs } from './trial-state.ts';

export interface TrialDesk {
  readonly outputs: Outputs;
  /** A step is being done that asks a model, or may be. */
  readonly isRunning: boolean;
  /** Does all steps, or those from one on; asks models. */
  readonly run: (from?: number) => void;
  readonly stop: () => void;
}

/** Does the steps on the sample: those that need no model whenever something changes, all of them when it is asked for. */
export function useTrial(input: TrialInput): TrialDesk {
  const client = useClient();
  const [outputs, setOutputs] = useState<Outputs>(new Map());
  const [isRunning, setRunning] = useState(false);
  const latest = useRef(input);
  latest.current = input;
  const trial = useMemo(
    () =>
      new Trial({
        client,
        input: () => latest.current,
        show: setOutputs,
        tell: setRunning,
        pictures: (draw) => new Pictures(draw),
      }),
    [client],
  );
  useEffect(() => () => trial.stop(), [trial]);
  const changed = JSON.stringify([input.steps.map(({ json }) => json), input.sample, [...input.pins]]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is tried stands for all that it is made from
  useEffect(() => {
    trial.runSoon();
  }, [trial, changed]);
  const run = useCallback((from?: number) => void trial.run(from ?? null, true), [trial]);
  const stop = useCallback(() => trial.stop(), [trial]);
  return { outputs, isRunning, run, stop };
}
