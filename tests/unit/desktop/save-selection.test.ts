import { describe, expect, it } from 'vitest';
import type { SelectionReader } from '../../../desktop/x11/read-selection.ts';
import { saveSelection } from '../../../desktop/x11/save-selection.ts';
import type { X11Connection } from '../../../desktop/x11/x11-connection.ts';

const names = [
  'TARGETS',
  'MULTIPLE',
  'SAVE_TARGETS',
  'DELETE',
  'INSERT_SELECTION',
  'INSERT_PROPERTY',
  'TIMESTAMP',
  'a',
  'b',
];
const atom = (name: string) => names.indexOf(name) + 1;
const x = { selectionOwner: async () => 7, atom: async (name: string) => atom(name) } as unknown as X11Connection;

/** An owner of two formats of ten bytes, and of the time it copied. */
function readerOf(offered: readonly string[]): SelectionReader {
  const list = Buffer.alloc(4 * offered.length);
  for (const [index, name] of offered.entries()) list.writeUInt32LE(atom(name), index * 4);
  return {
    read: async () => list,
    readValue: async () => ({ type: 1, units: 8, data: Buffer.alloc(10) }),
  } as unknown as SelectionReader;
}

describe('saving a clipboard', () => {
  it('takes what holds content, and leaves out what is not wanted', async () => {
    const reader = readerOf(names);
    const targets = async (without: readonly string[]) =>
      (await saveSelection(x, reader, 'CLIPBOARD', { bytes: 100, without })).map(({ target }) => target);
    expect(await targets([])).toEqual([atom('TIMESTAMP'), atom('a'), atom('b')]);
    expect(await targets(['TIMESTAMP'])).toEqual([atom('a'), atom('b')]);
  });

  it('ends where all formats together are more than the limit', async () => {
    const limits = { bytes: 19, without: [] };
    await expect(saveSelection(x, readerOf(['a', 'b']), 'CLIPBOARD', limits)).rejects.toMatchObject({
      code: 'capture/too-large',
    });
  });
});
