import { describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { gatherText } from '../../../models/engine/gather-text.ts';

const text = (words: string): ModelPart => ({ type: 'text-delta', text: words });
const finish: ModelPart = { type: 'aborted' };

async function collect(parts: AsyncIterable<ModelPart>): Promise<readonly ModelPart[]> {
  const all: ModelPart[] = [];
  for await (const part of gatherText(parts)) all.push(part);
  return all;
}

describe('pieces of text that an engine sends', () => {
  it('come together when they come quickly: the first at once, every word before the end', async () => {
    async function* quick() {
      for (const word of ['One ', 'two ', 'three.']) yield text(word);
      yield finish;
    }
    expect(await collect(quick())).toEqual([text('One '), text('two three.'), finish]);
  });

  it('are not lost to an error that follows them', async () => {
    async function* broken() {
      yield text('One ');
      yield text('two.');
      throw new Error('out of memory');
    }
    const seen: ModelPart[] = [];
    const reading = (async () => {
      for await (const part of gatherText(broken())) seen.push(part);
    })();
    await expect(reading).rejects.toThrow('out of memory');
    expect(seen).toEqual([text('One '), text('two.')]);
  });
});
