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
