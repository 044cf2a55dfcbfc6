import { describe, expect, it } from 'vitest';
import { rememberedPlaces } from '../../../contract/desktop.ts';
import { AppError, type ErrorCode } from '../../../contract/errors.ts';
import { type Place, Places, type PlaceWay, readOnlyPlace } from '../../../desktop/places.ts';
import { RichPlace } from '../../../desktop/x11/rich-place.ts';

const rich = { html: '<p>Rich.</p>', text: 'Rich.' };
const failed = (code: ErrorCode) => ({ status: 'failed', cause: { code } });

/** `fails`: what the next writes end in; a null is one that is done. */
function placeBy(way: PlaceWay, did: string[], fails: (ErrorCode | null)[] = []): Place {
  return {
    ...readOnlyPlace,
    write: async (text) => {
      const code = fails.shift() ?? null;
      if (code !== null) throw new AppError(code, 'as told');
      did.push(`${way} ${text}`);
      return way;
    },
    undo: async () => {
      did.push(`${way} back`);
      return way;
    },
  };
}

function capture(places: Places, place: Place): string {
  return places.capture({ place, text: 'A', route: 'primary', window: null, fresh: true }).targetId;
}

describe('the place of a capture', () => {
  it('is written to and taken back by its name, and what it fails with is told as a cause', async () => {
    const places = new Places();
    const did: string[] = [];
    const id = capture(places, placeBy('paste', did, [null, 'put-back/changed']));
    expect(await places.putBack(id, 'One.', 'replace', null)).toEqual({
      status: 'done',
      route: 'paste',
      canUndo: true,
    });
    expect(await places.putBack(id, 'Two.', 'replace', null)).toMatchObject(failed('put-back/changed'));
    expect(await places.undo(id)).toEqual({ status: 'done', route: 'paste', canUndo: false });
    expect(did).toEqual(['paste One.', 'paste back']);
  });

  it('that can only be read takes nothing, and holds nothing to be taken back', async () => {
    const places = new Places();
    const id = capture(places, readOnlyPlace);
    expect(await places.putBack(id, 'One.', 'replace', null)).toMatchObject(failed('put-back/not-editable'));
    expect(await places.undo(id)).toMatchObject(failed('put-back/target-gone'));
  });

  it('is forgotten once so many have been captured since, and one that never was is gone too', async () => {
    const places = new Places();
    const did: string[] = [];
    const ids = Array.from({ length: rememberedPlaces + 1 }, () => capture(places, placeBy('paste', did)));
    for (const [at, id] of ids.entries())
      expect((await places.putBack(id, String(at), 'replace', null)).status).toBe(at === 0 ? 'failed' : 'done');
    expect(did).toHaveLength(rememberedPlaces);
    expect(await places.undo('t-nobody')).toMatchObject(failed('put-back/target-gone'));
  });

  it('is waited for by whoever leaves, however its writing ends', async () => {
    const places = new Places();
    const going = Promise.withResolvers<PlaceWay>();
    const id = capture(places, { ...readOnlyPlace, write: () => going.promise });
    const told: string[] = [];
    void places.putBack(id, 'One.', 'replace', null).then(() => told.push('written'));
    const left = places.untilDone().then(() => told.push('left'));
    going.reject(new Error('display gone'));
    await left;
    expect(told).toEqual(['written', 'left']);
  });
});

describe('a place that takes rich text by a paste alone', () => {
  it('takes plain text in place, and each is taken back by the way that it went in last', async () => {
    const did: string[] = [];
    const place = new RichPlace(placeBy('accessibility', did), placeBy('paste', did));
    await expect(place.undo()).rejects.toMatchObject({ code: 'put-back/target-gone' });
    await place.write('One.', 'replace', rich);
    await place.undo();
    await place.write('Two.', 'replace', null);
    await place.undo();
    expect(did).toEqual(['paste One.', 'paste back', 'accessibility Two.', 'accessibility back']);
    await expect(place.undo()).rejects.toMatchObject({ code: 'put-back/target-gone' });
  });

  it('keeps what was put there before a write that changed nothing, and not before one that nobody could check', async () => {
    for (const [code, way] of [
      ['put-back/changed', 'accessibility'],
      ['put-back/unchecked', 'paste'],
    ] as const) {
      const did: string[] = [];
      const place = new RichPlace(placeBy('accessibility', did), placeBy('paste', did, [code]));
      await place.write('One.', 'replace', null);
      await expect(place.write('Two.', 'replace', rich)).rejects.toMatchObject({ code });
      expect(await place.undo()).toBe(way);
    }
  });
});
