import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { askAgainWhenBusy, type Busy } from '../../../desktop/atspi/ask-again.ts';

const inPlace = { route: 'accessibility' };
const primary = { route: 'primary' };
type Answer = typeof inPlace | Busy | null;

function answering(...answers: readonly (Answer | Error)[]) {
  const left = [...answers];
  return async () => {
    const answer = left.shift();
    if (answer === undefined) throw new Error('asked too often');
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

describe('an application asked for its selection', () => {
  const elsewhere = async () => primary;

  it('is not asked elsewhere when it tells', async () => {
    const never = () => Promise.reject(new Error('asked elsewhere'));
    expect(await askAgainWhenBusy(answering(inPlace), never)).toBe(inPlace);
  });

  it('is asked once when it has none', async () => {
    expect(await askAgainWhenBusy(answering(null), elsewhere)).toBe(primary);
  });

  it('is asked again after it was busy, and what its object tells is taken', async () => {
    expect(await askAgainWhenBusy(answering('busy', inPlace), elsewhere)).toBe(inPlace);
  });

  it('is read elsewhere when it stays busy', async () => {
    expect(await askAgainWhenBusy(answering('busy', 'busy'), elsewhere)).toBe(primary);
  });

  // Asked for a second time it has to know whether anything else tells the selection: only then it is worth to wait for it.
  it.each([primary, null])('is told what was found elsewhere (%o) when it is asked again', async (other) => {
    const told: unknown[] = [];
    const ask = async (...from: readonly unknown[]) => {
      told.push(...from);
      return 'busy' as const;
    };
    await askAgainWhenBusy<typeof primary>(ask, async () => other);
    expect(told).toEqual([other]);
  });

  it('keeps a password field from being read elsewhere while it was busy', async () => {
    const field = new AppError('capture/password-field', 'a password field');
    await expect(askAgainWhenBusy(answering('busy', field), elsewhere)).rejects.toBe(field);
  });
});
