import { AppError } from '../../contract/errors.ts';

/** An application that did not answer in time, or whose focus went on meanwhile: no proof that nothing is selected there. */
export type Busy = 'busy';

/** Whether a question ended because nobody answered it in time. */
export function isBusy(error: unknown): boolean {
  return error instanceof AppError && error.code === 'capture/not-answering';
}

/** For a question that some applications refuse: what is taken for their answer. One that was not answered yet still throws. */
export function ifRefused<Value>(instead: Value): (error: unknown) => Value {
  return (error) => {
    if (isBusy(error)) throw error;
    return instead;
  };
}

/**
 * What `ask` finds, else what `elsewhere` finds. An application that was too busy for `ask` has had the time to go on since,
 * and is asked once more: its own object can be written to in place, and a password field must not be read by another way.
 * `ask` is told then what was found elsewhere, which says how long it is worth to wait for its answer.
 */
export async function askAgainWhenBusy<Found extends object>(
  ask: (other?: Found | null) => Promise<Found | Busy | null>,
  elsewhere: () => Promise<Found | null>,
): Promise<Found | null> {
  const first = await ask();
  if (first !== null && first !== 'busy') return first;
  const other = await elsewhere();
  const again = first === 'busy' ? await ask(other) : null;
  return again === null || again === 'busy' ? other : again;
}
