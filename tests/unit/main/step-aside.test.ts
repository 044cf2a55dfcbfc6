import { afterEach, describe, expect, it, vi } from 'vitest';
import { StepAside } from '../../../main/shell/step-aside.ts';

interface Situation {
  /** What is known of the person: `never` is no answer at all. */
  readonly wentOn?: boolean | null | 'never' | 'fails';
}

function overlay({ wentOn = false }: Situation = {}) {
  const seen: string[] = [];
  let visible = true;
  const window = {
    visible: () => visible,
    comeBack: () => {
      visible = true;
      seen.push('shown');
    },
    hide: () => {
      visible = false;
      seen.push('hidden');
    },
  };
  const called = () => {
    visible = true;
  };
  const person = {
    watch: () => void seen.push('watched'),
    wentOn: (): Promise<boolean | null> => {
      if (wentOn === 'never') return new Promise(() => {});
      return wentOn === 'fails' ? Promise.reject(new Error('it is gone')) : Promise.resolve(wentOn);
    },
  };
  const stepAside = new StepAside({ window, person, sayWaiting: () => void seen.push('said') });
  return { seen, window, called, stepAside };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the overlay while core writes into another application', () => {
  afterEach(() => void vi.useRealTimers());

  it('goes, and stays away when the answer is there', async () => {
    const { seen, stepAside } = overlay();
    stepAside.begin();
    await stepAside.finish('away');
    stepAside.coreEnded();
    await settle();
    expect(seen).toEqual(['hidden', 'watched']);
  });

  it('goes for an answer that needed no keyboard', async () => {
    const { seen, stepAside } = overlay();
    await stepAside.finish('away');
    expect(seen).toEqual(['hidden']);
  });

  it.each([false, null, 'fails'] as const)(
    'is back when it went for nothing: the person went on: %s',
    async (wentOn) => {
      const { seen, stepAside } = overlay({ wentOn });
      stepAside.begin();
      await stepAside.finish('back');
      expect(seen).toEqual(['hidden', 'watched', 'shown']);
    },
  );

  it('is back where nobody says whether the person went on', async () => {
    vi.useFakeTimers();
    const { seen, stepAside } = overlay({ wentOn: 'never' });
    stepAside.begin();
    const done = stepAside.finish('back');
    await vi.advanceTimersByTimeAsync(1000);
    await done;
    expect(seen).toEqual(['hidden', 'watched', 'shown']);
  });

  // It came with the keyboard, up to 15 s later, and had what was typed elsewhere by then.
  it('says without the keyboard that there is something to read when the person has gone on', async () => {
    const { seen, stepAside } = overlay({ wentOn: true });
    stepAside.begin();
    await stepAside.finish('back');
    expect(seen).toEqual(['hidden', 'watched', 'said']);
  });

  // What was to be read stood in a window that nobody brought back.
  it('is back when core died while it was away, and stays as it is when core died at another time', async () => {
    const away = overlay();
    away.stepAside.begin();
    away.stepAside.coreEnded();
    await settle();
    expect(away.seen).toEqual(['hidden', 'watched', 'shown']);
    away.stepAside.coreEnded();
    await settle();
    expect(away.seen).toEqual(['hidden', 'watched', 'shown']);
    const there = overlay();
    there.stepAside.coreEnded();
    await settle();
    expect(there.seen).toEqual([]);
  });

  // The next core told it once more, over whatever the person did by then.
  it('comes once for one death of core: not again when the next core has something to say', async () => {
    const { seen, window, stepAside } = overlay();
    stepAside.begin();
    stepAside.coreEnded();
    await settle();
    window.hide();
    await stepAside.finish('back');
    expect(seen).toEqual(['hidden', 'watched', 'shown', 'hidden']);
  });

  it('does not take the keyboard anew when the person has called it meanwhile', async () => {
    const { seen, called, stepAside } = overlay();
    stepAside.begin();
    called();
    await stepAside.finish('back');
    expect(seen).toEqual(['hidden', 'watched']);
  });

  // It went from under the hands of whoever was writing the next question, and the letters went into the document.
  it('stays when the person has called it meanwhile, though the answer is there', async () => {
    const { seen, called, stepAside } = overlay();
    stepAside.begin();
    called();
    await stepAside.finish('away');
    expect(seen).toEqual(['hidden', 'watched']);
  });

  it('stays away for the next answer while it is looked at whether it is to come for the last', async () => {
    const { seen, stepAside } = overlay();
    stepAside.begin();
    const done = stepAside.finish('back');
    stepAside.begin();
    await done;
    expect(seen).toEqual(['hidden', 'watched', 'hidden', 'watched']);
  });
});
