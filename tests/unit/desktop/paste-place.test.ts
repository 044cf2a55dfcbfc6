import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldHolding } from '../../fakes/pasted-field.ts';

const before = 'The tide turn at noon today.';
const after = 'The tide turns at noon today.';

/** Steps through all waits of a call. */
async function ended(call: Promise<unknown>): Promise<string> {
  const end = call.then(
    () => 'done',
    ({ code }) => code,
  );
  await vi.advanceTimersByTimeAsync(20_000);
  return end;
}

describe('a paste', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('that an application has not come to yet could not be checked, and what it takes then is what was lent', async () => {
    const { place, placeOf, field, stopAtPaste, goOn, isLent } = fieldHolding(before);
    stopAtPaste();
    const write = place.write(after, 'replace', null).then(null, ({ code }) => code);
    await vi.advanceTimersByTimeAsync(9000);
    expect(await write).toBe('put-back/unchecked');
    expect(isLent()).toBe(true);
    const other = placeOf(before)
      .write('lost', 'replace', null)
      .then(null, ({ code }) => code);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await other).toBe('put-back/pending');
    goOn();
    await vi.advanceTimersByTimeAsync(1000);
    expect(field.text).toBe(after);
    expect(isLent()).toBe(false);
  });

  it('is undone, and not where another answer stands there or the page has undone it', async () => {
    const { place, field, pressed } = fieldHolding(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    expect(field.text).toBe(after);
    field.text = before;
    expect(await ended(place.undo())).toBe('put-back/changed');
    expect(pressed).not.toContain('z');
    field.text = after;
    expect(await ended(place.undo())).toBe('done');
    expect(pressed).toContain('z');
  });

  it('is undone only where it is there still after another paste was refused', async () => {
    const { place, placeOf, field, pressed } = fieldHolding(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    expect(await ended(placeOf('Another.').write('lost', 'replace', null))).toBe('put-back/changed');
    field.text = 'Typed since.';
    expect(await ended(place.undo())).toBe('put-back/changed');
    expect(pressed).not.toContain('z');
  });

  it('can be undone later while another window has the keyboard, and not once its own is closed', async () => {
    const { place, at } = fieldHolding(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    at.focused = 8;
    expect(await ended(place.undo())).toBe('put-back/not-in-front');
    at.open = false;
    expect(await ended(place.undo())).toBe('put-back/target-gone');
  });

  it('presses no key, also none to undo, where a terminal was opened in that window since', async () => {
    const { place, at, pressed } = fieldHolding(before);
    at.terminal = true;
    expect(await ended(place.write(after, 'replace', null))).toBe('put-back/terminal-inside');
    at.terminal = false;
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    const keys = [...pressed];
    at.terminal = true;
    expect(await ended(place.undo())).toBe('put-back/terminal-inside');
    expect(pressed).toEqual(keys);
  });

  // An editor that reads no Unicode wrote "??" for the Chinese of an answer, and it was called done.
  it('in an application that nobody has tried is not called done where other letters stand there', async () => {
    const { untried, field, at } = fieldHolding(before);
    at.latin = true;
    expect(await ended(untried.write('正午转向。', 'replace', null))).toBe('put-back/unchecked');
    expect(field.text).toBe('?????');
    const other = fieldHolding(before);
    expect(await ended(other.untried.write('正午转向。', 'replace', null))).toBe('done');
  });

  // An application of FOX was left with neither text, and one of Swing, which has no undo, with the answer; both were called done.
  it.each(['in one step', 'in two steps', 'none'] as const)(
    'in an application that nobody has tried is undone until what was there is there again, where its own undo is: %s',
    async (undo) => {
      const { untried, field, at } = fieldHolding(before);
      at.undo = undo;
      expect(await ended(untried.write(after, 'replace', null))).toBe('done');
      expect(field.text).toBe(after);
      expect(await ended(untried.undo())).toBe('done');
      expect(field.text).toBe(before);
    },
  );

  // What follows the place was taken for what stood there before, since a line began with the same word.
  // A composer of messages was left with both texts, one behind the other, and it was called done.
  it.each(['in one step', 'in two steps', 'in two steps, what was there first', 'none'] as const)(
    'is undone likewise where the next line begins alike, where its own undo is: %s',
    async (undo) => {
      const { untried, field, at } = fieldHolding(before);
      const around = (text: string) => `First.\n${text}\nThe ferry leaves at six.`;
      Object.assign(field, { text: around(before), from: 7, to: 7 + before.length });
      at.undo = undo;
      expect(await ended(untried.write(after, 'replace', null))).toBe('done');
      expect(field.text).toBe(around(after));
      expect(await ended(untried.undo())).toBe('done');
      expect(field.text).toBe(around(before));
    },
  );

  // After a look back the caret stood elsewhere there, and so did the text that was looked at next: "it could not be checked".
  it.each(['in one step', 'in two steps', 'none'] as const)(
    'is undone likewise where a key alone goes one step on from what is selected, where its own undo is: %s',
    async (undo) => {
      const { untried, field, at } = fieldHolding(before);
      const around = (text: string) => `First.\n${text}\nThe ferry leaves at six.`;
      Object.assign(field, { text: around(before), from: 7, to: 7 + before.length });
      Object.assign(at, { undo, arrows: 'one step', caretAfterUndo: 'at the change' });
      expect(await ended(untried.write(after, 'replace', null))).toBe('done');
      expect(await ended(untried.undo())).toBe('done');
      expect(field.text).toBe(around(before));
    },
  );

  // Tk pastes beside what is selected, so that an answer stood behind the text that it was to replace.
  it.each(['in one step', 'in two steps', 'none'] as const)(
    'goes in the stead of a text that a paste would leave where it is, and is undone, where its own undo is: %s',
    async (undo) => {
      for (const [mode, below] of [
        ['replace', '\nThe ferry leaves at six.'],
        ['insert-below', '\nThe ferry leaves at six.'],
        // At the end of the text a look in front selects nothing, and the caret was moved from its place.
        ['replace', ''],
      ] as const) {
        const { pastedBeside, field, at, pressed } = fieldHolding(before);
        const around = (text: string) => `First.\n${text}${below}`;
        Object.assign(field, { text: around(before), from: 7, to: 7 + before.length });
        Object.assign(at, { undo, pastesBeside: true, arrows: 'one step', caretAfterUndo: 'at the change' });
        expect(await ended(pastedBeside.write(after, mode, null))).toBe('done');
        expect(field.text).toBe(around(mode === 'replace' ? after : `${before}\n\n${after}`));
        expect(pressed.filter((key) => key === 'BackSpace')).toHaveLength(1);
        expect(await ended(pastedBeside.undo())).toBe('done');
        expect(field.text).toBe(around(before));
      }
    },
  );

  it('is taken back there where all of it is selected and there is no undo', async () => {
    const { pastedBeside, field, at } = fieldHolding(before);
    Object.assign(at, { undo: 'none', pastesBeside: true, arrows: 'one step' });
    expect(await ended(pastedBeside.write(after, 'replace', null))).toBe('done');
    Object.assign(field, { from: 0, to: after.length });
    expect(await ended(pastedBeside.undo())).toBe('done');
    expect(field.text).toBe(before);
  });

  it('goes nowhere where what would be deleted for it stays, or is selected no more', async () => {
    const fixed = fieldHolding(before);
    Object.assign(fixed.at, { pastesBeside: true, readOnly: true });
    expect(await ended(fixed.pastedBeside.write(after, 'replace', null))).toBe('put-back/not-editable');
    expect(fixed.pressed).not.toContain('v');
    const givenUp = fieldHolding(before);
    givenUp.at.pastesBeside = true;
    givenUp.field.from = givenUp.field.to;
    expect(await ended(givenUp.pastedBeside.write(after, 'replace', null))).toMatch(/^put-back\//);
    expect(givenUp.pressed).not.toContain('BackSpace');
    expect([fixed.field.text, givenUp.field.text]).toEqual([before, before]);
  });

  // In KWrite and Kate nothing was ever put back: they offer no selection while somebody listens to the accessibility interface.
  it('goes where an object tells what is selected and cannot be written, is read back there, and is undone', async () => {
    const { toldPlace, field, at, pressed } = fieldHolding(before);
    at.offersNothing = true;
    expect(await ended(toldPlace.write(after, 'replace', null))).toBe('done');
    expect(field.text).toBe(after);
    expect(await ended(toldPlace.undo())).toBe('done');
    expect(field.text).toBe(before);
    expect(pressed.at(-1)).toBe('z');
  });

  it.each([
    ['made shorter', 0, before.length - 1],
    ['given up', before.length, before.length],
    ['begun anew', 4, 8],
  ])('goes nowhere where what an object tells was %s since', async (_, from, to) => {
    const { toldPlace, field, at, pressed } = fieldHolding(before);
    at.offersNothing = true;
    Object.assign(field, { from, to });
    expect(await ended(toldPlace.write(after, 'replace', null))).toBe('put-back/changed');
    expect(field.text).toBe(before);
    expect(pressed).toEqual([]);
  });

  // Where the keyboard's selection is shown nowhere, nothing was ever put back.
  it('goes where a copy alone tells what is selected, is read back there, and is undone', async () => {
    const { copiedPlaceOf, field, pressed, isLent } = fieldHolding(before);
    const place = copiedPlaceOf(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    expect({ text: field.text, lent: isLent() }).toEqual({ text: after, lent: false });
    expect(await ended(place.undo())).toBe('done');
    expect(pressed.at(-1)).toBe('z');
  });

  it.each([
    ['its end', 'Hello', 'Hello\n', 5],
    ['its middle', 'Hi!', 'Hi!\n', 1],
    ['its beginning', 'Hello', 'Hello\n', 0],
  ])(
    'goes nowhere where an editor copies its line because nothing is selected, with the caret at %s',
    async (_, line, copied, caret) => {
      const { copiedPlaceOf, field, pressed } = fieldHolding(line);
      field.from = field.to = caret;
      expect(await ended(copiedPlaceOf(copied).write(after, 'replace', null))).toMatch(
        /put-back\/(?:changed|not-editable)/,
      );
      expect(pressed).not.toContain('v');
      expect(field.text).toBe(line);
    },
  );

  // "The place is gone" was said of a window that merely was not in front.
  it('goes nowhere while another window has the keyboard, which is told from a window that is closed', async () => {
    const { place, at, pressed } = fieldHolding(before);
    at.focused = 8;
    expect(await ended(place.write(after, 'replace', null))).toBe('put-back/not-in-front');
    at.open = false;
    expect(await ended(place.write(after, 'replace', null))).toBe('put-back/target-gone');
    expect(pressed).toEqual([]);
  });
});
