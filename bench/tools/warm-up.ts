import { sleep } from '../../tests/support/processes.ts';
import type { Subject } from '../subjects/subject.ts';
import { NothingSeen, type Place, type Probes } from './probes.ts';

const settleMs = 1200;
const attempts = 15;
const warmUps = 3;

/**
 * Brings a resident program up until it comes, learns where it appears, and throws away the first few showings.
 * Throws when it never comes.
 */
export async function warmUp(probes: Probes, subject: Subject): Promise<Place> {
  const trigger = { kind: 'keys', keys: subject.keys } as const;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sleep(1000);
      const place = await probes.learn(trigger, settleMs, subject.dismiss);
      for (let count = 0; count < warmUps; count += 1) {
        await sleep(300);
        await probes.measure(trigger, place, { focus: true, dismiss: subject.dismiss });
      }
      return place;
    } catch (error) {
      if (!(error instanceof NothingSeen) || attempt === attempts)
        throw new Error(`${subject.name} did not come when called`, { cause: error });
    }
  }
}
