import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { takeBack, writeText } from '../../../desktop/atspi/text-target.ts';
import { textHolding } from '../../fakes/text-object.ts';

const refusal = new Error('org.freedesktop.DBus.Error.Failed');
const silence = new AppError('capture/not-answering', 'no answer');

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
