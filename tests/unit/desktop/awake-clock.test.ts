import { describe, expect, it } from 'vitest';
import { AwakeClock } from '../../../desktop/x11/awake-clock.ts';

/** A machine that is awake and suspended for so long, in milliseconds. */
class Machine {
  awake = 1_000_000;
  slept = 0;
  readonly awakeMs = () => this.awake;
  readonly sinceStartMs = () => this.awake + this.slept;
}

describe('the clock of a display', () => {
  it('is right since the start of a machine that never slept', () => {
    const machine = new Machine();
    const clock = new AwakeClock(machine);
    machine.awake += 500;
    expect(clock.runningMs()).toBe(1_000_500);
  });

  // "Copied 5 minutes ago" was said in the morning of what was copied in the evening.
  it('is not known to be right for what was before a suspend, and is for what comes after', () => {
    const machine = new Machine();
    const clock = new AwakeClock(machine);
    machine.slept = 8 * 3_600_000;
    machine.awake += 60_000;
    expect(clock.runningMs()).toBe(0);
    machine.awake += 30_000;
    expect(clock.runningMs()).toBe(30_000);
  });

  it('of a machine that slept before Beckon was started is right since then', () => {
    const machine = new Machine();
    machine.slept = 60_000;
    const clock = new AwakeClock(machine);
    machine.awake += 700;
    expect(clock.runningMs()).toBe(700);
  });
});
