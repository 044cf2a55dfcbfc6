import { describe, expect, it } from 'vitest';
import { createSourceProbe } from '../../../core/models/source-probe.ts';
import { loadCatalogue } from '../../../models/catalogue/catalogue.ts';

describe('whether a model can be fetched', () => {
  it('is asked once at a time for a host, and anew when it did not answer', async () => {
    const rows = loadCatalogue().map((row) => ({
      ...row,
      sources: row.sources.filter(({ kind }) => kind === 'hugging-face'),
    }));
    const [row] = rows.filter(({ sources }) => sources.length > 0);
    if (row === undefined) throw new Error('no row has such a source');
    let asked = 0;
    let connected = false;
    const probe = createSourceProbe(async () => {
      asked += 1;
      if (!connected) throw new TypeError('fetch failed');
      return new Response('', { status: 206 });
    });
    expect(await Promise.all([probe(row), probe(row)])).toEqual([false, false]);
    expect(asked).toBe(1);
    connected = true;
    expect(await probe(row)).toBe(true);
  });
});
