import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { AccessiblePlace, accessiblePlace } from '../../../desktop/atspi/accessible-place.ts';
import { textHolding } from '../../fakes/text-object.ts';

const silence = new AppError('capture/not-answering', 'no answer');
const named = (application: string) => ({ windowId: '1', processId: 1, application, title: null });

describe('a place that the accessibility interface writes to', () => {
  it('is written over, or below, and holds again what it held once that is taken back', async () => {
    for (const [mode, written] of [
      ['replace', 'The ebb turns.'],
      ['insert-below', 'The tide \n\nebb turns.'],
    ] as const) {
      const { found, held } = textHolding('The tide turns.');
      const place = new AccessiblePlace(found);
      expect(await place.write('ebb ', mode)).toBe('accessibility');
      expect(held()).toBe(written);
      await place.undo();
      expect(held()).toBe('The tide turns.');
    }
  });

  it('holds nothing to be taken back before it is written, after that was taken back, and after a refusal', async () => {
    const { found } = textHolding('The tide turns.', { deleteText: [new Error('Failed')] });
    const place = new AccessiblePlace(found);
    const nothing = { code: 'put-back/target-gone' };
    await expect(place.undo()).rejects.toMatchObject(nothing);
    await expect(place.write('ebb ', 'replace')).rejects.toMatchObject({ code: 'put-back/refused' });
    await expect(place.undo()).rejects.toMatchObject(nothing);
    await place.write('ebb ', 'replace');
    await place.undo();
    await expect(place.undo()).rejects.toMatchObject(nothing);
  });

  it('holds what could not be checked, and keeps what was written before a write that changed nothing', async () => {
    const unchecked = textHolding('The tide turns.', { length: [null, silence] });
    const place = new AccessiblePlace(unchecked.found);
    await expect(place.write('ebb ', 'replace')).rejects.toMatchObject({ code: 'put-back/unchecked' });
    await expect(place.write('flood', 'replace')).rejects.toMatchObject({ code: 'put-back/changed' });
    await place.undo();
    expect(unchecked.held()).toBe('The tide turns.');
  });

  it('is gone with its object', async () => {
    const { found } = textHolding('The tide turns.');
    const object = {
      ...found.object,
      patient: () => ({ ...found.object, role: () => Promise.reject(new Error('gone')) }),
    };
    const place = new AccessiblePlace({ ...found, object });
    await expect(place.write('ebb ', 'replace')).rejects.toMatchObject({ code: 'put-back/target-gone' });
  });

  it('is none where the text cannot be edited, or where the application splits paragraphs', () => {
    const { found } = textHolding('The tide turns.');
    expect(accessiblePlace(found, named('mousepad'))).not.toBe(null);
    expect(accessiblePlace({ ...found, editable: false }, named('mousepad'))).toBe(null);
    expect(accessiblePlace(found, named('libreoffice-impress'))).toBe(null);
  });
});
