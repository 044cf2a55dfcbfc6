import { describe, expect, it } from 'vitest';
import type { CaptureAnswer } from '../../../contract/desktop.ts';
import { Context } from '../../../core/context/context.ts';

const nothing: CaptureAnswer = {
  status: 'failed',
  window: null,
  cause: { code: 'capture/not-answering', message: '' },
};

describe('the clipboard beside a selection', () => {
  it('stays a chip, turned on or not, when the application takes long to tell what is selected', async () => {
    let answer: (capture: CaptureAnswer) => void = () => {};
    const context = new Context({
      capture: () => new Promise((resolve) => (answer = resolve)),
      describeClipboard: async () => ({ status: 'available', value: { content: 'text', ageMs: 0 } }),
      readClipboard: async () => ({ status: 'available', value: 'Copied.' }),
      now: () => 0,
      onText: () => {},
    });
    const kinds = () => context.state.value.chips.map(({ kind, on }) => `${kind} ${on}`);
    for (const round of [1, 2]) {
      const captured = context.capture();
      await expect.poll(kinds, { message: `round ${round}` }).toEqual(['clipboard false']);
      const [chip] = context.state.value.chips;
      await context.turn(chip?.id ?? '', true);
      answer(nothing);
      await captured;
      expect(kinds()).toEqual(['selection false', 'clipboard true']);
    }
  });
});

describe('what is selected', () => {
  it('is told to an action that waits for it alone, however long the owner of the clipboard takes', async () => {
    let looks = 0;
    const context = new Context({
      capture: async () => ({ ...nothing }),
      describeClipboard: () => {
        looks += 1;
        return new Promise(() => {});
      },
      readClipboard: async () => ({ status: 'available', value: '' }),
      now: () => 0,
      onText: () => {},
    });
    await context.captureSelected();
    expect(context.state.value.capturing).toBe(false);
    await expect.poll(() => looks).toBe(1);
    // The question took what there was; nothing of a later look belongs to the next one.
    const asked = context.captureSelected();
    context.clear();
    await asked;
    await Promise.resolve();
    expect([context.state.value.chips, looks]).toEqual([[], 1]);
  });
});

describe('a chip', () => {
  const window = { windowId: '1', processId: 1, application: 'Evince', title: 'report.pdf' };
  async function captured(fresh: boolean, ageMs: number | null) {
    const place = { targetId: 't', editable: 'no', needsFocus: false, takesRichText: false } as const;
    const selection = { ...place, text: 'Selected.', route: 'primary', window, fresh } as const;
    const context = new Context({
      capture: async () => ({ status: 'captured', selection }),
      describeClipboard: async () => ({ status: 'available', value: { content: 'text', ageMs } }),
      readClipboard: async () => ({ status: 'available', value: 'Copied.' }),
      now: () => 1_000_000,
      onText: () => {},
    });
    await context.capture();
    const { chips } = context.state.value;
    return {
      selection: chips.find(({ kind }) => kind === 'selection'),
      clipboard: chips.find(({ kind }) => kind === 'clipboard'),
      taken: context.take(chips.map(({ id }) => id)),
    };
  }

  // An older selection was called one of the window in front.
  it('carries the name of the window in front only when it was selected there', async () => {
    expect((await captured(true, null)).selection).toMatchObject({ application: 'Evince', title: 'report.pdf' });
    const { selection, taken } = await captured(false, null);
    expect(selection).toMatchObject({ application: null, title: null, on: false });
    expect(taken[0]).toMatchObject({ kind: 'selection', application: null, title: null });
  });

  it('of a clipboard that does not tell when it was copied has no time', async () => {
    expect((await captured(true, null)).clipboard?.capturedAt).toBeNull();
    expect((await captured(true, 2000)).clipboard?.capturedAt).toBe(998_000);
  });
});

describe('the sample of the first minute', () => {
  function contextThat(finds: CaptureAnswer): Context {
    return new Context({
      capture: async () => finds,
      describeClipboard: async () => ({ status: 'nothing', cause: null }),
      readClipboard: async () => ({ status: 'nothing', cause: null }),
      now: () => 0,
      onText: () => {},
    });
  }

  // The first minute ended in an empty list, and its first row did nothing.
  it('stands as if it were selected, goes along with the first action, and is gone with the next call', async () => {
    const context = contextThat({ ...nothing, cause: { code: 'capture/nothing-selected', message: '' } });
    context.showSample('zh-CN');
    const [chip] = context.state.value.chips;
    expect(chip).toMatchObject({ kind: 'selection', on: true, status: 'ready', sample: true, editable: false });
    expect(context.take([chip?.id ?? ''])[0]?.text).toMatch(/图书馆/);
    await context.capture();
    expect(context.state.value.chips).toEqual([]);
  });

  it('takes no place of a text that the person selected', async () => {
    const window = { windowId: '1', processId: 1, application: 'Evince', title: null };
    const place = { targetId: 't', editable: 'no', needsFocus: false, takesRichText: false } as const;
    const selection = { ...place, text: 'Selected.', route: 'primary', window, fresh: true } as const;
    const context = contextThat({ status: 'captured', selection });
    await context.capture();
    context.showSample('en');
    expect(context.state.value.chips.some(({ sample }) => sample)).toBe(false);
  });
});
