import { describe, expect, it } from 'vitest';
import { StepAside } from '../../../main/shell/step-aside.ts';

function overlay() {
  const seen: string[] = [];
  let visible = true;
  const window = {
    visible: () => visible,
    show: () => {
      visible = true;
      seen.push('shown');
    },
    hide: () => {
      visible = false;
      seen.push('hidden');
    },
  };
  return { seen, window, stepAside: new StepAside(window) };
}

describe('the overlay while core writes into another application', () => {
  it('goes, and stays away when the answer is there', () => {
    const { seen, stepAside } = overlay();
    stepAside.begin();
    stepAside.finish('away');
    stepAside.coreEnded();
    expect(seen).toEqual(['hidden', 'hidden']);
  });

  it('is back when it went for nothing', () => {
    const { seen, stepAside } = overlay();
    stepAside.begin();
    stepAside.finish('back');
    expect(seen).toEqual(['hidden', 'shown']);
  });

  // What was to be read stood in a window that nobody brought back.
  it('is back when core died while it was away, and stays as it is when core died at another time', () => {
    const away = overlay();
    away.stepAside.begin();
    away.stepAside.coreEnded();
    expect(away.seen).toEqual(['hidden', 'shown']);
    away.stepAside.coreEnded();
    expect(away.seen).toEqual(['hidden', 'shown']);
    const there = overlay();
    there.stepAside.coreEnded();
    expect(there.seen).toEqual([]);
  });

  it('does not take the keyboard anew when the person has called it meanwhile', () => {
    const { seen, window, stepAside } = overlay();
    stepAside.begin();
    window.show();
    stepAside.finish('back');
    expect(seen).toEqual(['hidden', 'shown']);
  });
});
