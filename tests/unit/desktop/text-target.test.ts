import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import type { Accessible } from '../../../desktop/atspi/accessible.ts';
import { takeBack, writeText } from '../../../desktop/atspi/text-target.ts';

const refusal = new Error('org.freedesktop.DBus.Error.Failed');
const silence = new AppError('capture/not-answering', 'no answer');

/** `fails`: what the next calls of that name throw, in order; a null is a call that does what it should. */
function textHolding(
  text: string,
  fails: Partial<Record<'deleteText' | 'insertText' | 'length', (Error | null)[]>> = {},
) {
  let held = text;
  const tried = (name: keyof typeof fails) => {
    const error = fails[name]?.shift() ?? null;
    if (error !== null) throw error;
  };
  const object = {
    patient: () => object,
    role: async () => 61,
    toolkit: async () => 'qt',
    text: async (start: number, end: number) => held.slice(start, end),
    length: async () => {
      tried('length');
      return held.length;
    },
    deleteText: async (start: number, end: number) => {
      tried('deleteText');
      held = held.slice(0, start) + held.slice(end);
    },
    insertText: async (at: number, added: string) => {
      tried('insertText');
      held = held.slice(0, at) + added + held.slice(at);
    },
  } as unknown as Accessible;
  const found = { object, start: 4, end: 9, text: text.slice(4, 9), editable: true, whole: true };
  return { found, held: () => held };
}

describe('text that is written in its place', () => {
  it('is there, and is taken back', async () => {
    const { found, held } = textHolding('The tide turns.');
    const written = await writeText(found, 'ebb ');
    expect(held()).toBe('The ebb turns.');
    expect(written).toMatchObject({ checked: true });
    if (written !== null) expect(await takeBack(written)).toMatchObject({ checked: true });
    expect(held()).toBe('The tide turns.');
  });

  it('is refused where the application does not take the first change, with nothing changed', async () => {
    const { found, held } = textHolding('The tide turns.', { deleteText: [refusal] });
    await expect(writeText(found, 'ebb ')).rejects.toMatchObject({ code: 'put-back/refused' });
    expect(held()).toBe('The tide turns.');
  });

  it('is refused where it is refused in the middle, and what was there is there again', async () => {
    const { found, held } = textHolding('The tide turns.', { insertText: [refusal] });
    await expect(writeText(found, 'ebb ')).rejects.toMatchObject({ code: 'put-back/refused' });
    expect(held()).toBe('The tide turns.');
  });

  it('could not be checked where what was there is refused as well', async () => {
    const { found } = textHolding('The tide turns.', { insertText: [refusal, refusal] });
    await expect(writeText(found, 'ebb ')).rejects.toMatchObject({ code: 'put-back/unchecked' });
  });

  it('can be taken back where the application stopped answering after it was sent', async () => {
    const { found, held } = textHolding('The tide turns.', { length: [null, silence] });
    const written = await writeText(found, 'ebb ');
    expect(written).toMatchObject({ checked: false });
    expect(held()).toBe('The ebb turns.');
    if (written !== null) expect(await takeBack(written)).toMatchObject({ checked: true });
    expect(held()).toBe('The tide turns.');
  });

  it('is not taken back where another text is there by then', async () => {
    const { found } = textHolding('The tide turns.', { deleteText: [silence] });
    const written = await writeText(found, 'ebb ');
    expect(written).toMatchObject({ checked: false });
    if (written !== null) await expect(takeBack(written)).rejects.toMatchObject({ code: 'put-back/changed' });
  });
});
