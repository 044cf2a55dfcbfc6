import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FastCopies } from '../../../core/models/fast-copies.ts';
import { writeFastCopy } from '../../../models/fast-copy/write-copy.ts';
import { readModelHeader } from '../../../models/gguf/read-header.ts';
import { type GgufTensor, type GgufValue, ggufPieces } from '../../support/gguf.ts';
import { elementTypes } from '../../support/weight-blocks.ts';
import { writeHere } from '../../support/write-here.ts';

const model = { 'general.architecture': 'llama', 'llama.context_length': 2048, 'llama.block_count': 1 };
const parts = [1, 2, 3] as const;

describe('a model that was cut into three files', () => {
  let folder: string;
  const at = (number: number, name = 'big') => join(folder, `${name}-0000${number}-of-00003.gguf`);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-split-'));
    for (const number of parts) writePart(number);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function writePart(number: number, changes: Readonly<Record<string, GgufValue>> = {}, path = at(number)): void {
    const own = { 'split.no': number - 1, 'split.count': 3, 'split.tensors.count': 2 };
    const bytes = Buffer.alloc(32 * 34, 1);
    const tensor = { name: `blk.0.ffn_${number}.weight`, shape: [32, 32], type: elementTypes.Q8_0, bytes };
    // As other programs write them: the first has all values and no tensor, the others what they are, and tensors.
    const [values, tensors]: [Record<string, GgufValue>, GgufTensor[]] =
      number === 1 ? [{ ...model, ...own }, []] : [own, [tensor]];
    writeFileSync(path, Buffer.concat(ggufPieces({ ...values, ...changes }, tensors)));
  }

  it.each(parts)('is one model by its part %i, with the size of all of them', async (number) => {
    const header = await readModelHeader(at(number));
    expect(header).toMatchObject({ architecture: 'llama', parts: parts.map((one) => at(one)), tensors: 2 });
    expect(header.fileBytes).toBe(parts.reduce((sum, one) => sum + statSync(at(one)).size, 0));
  });

  it.each(parts)('names what is missing when part %i is not there', async (number) => {
    rmSync(at(number));
    const other = at(number === 1 ? 2 : 1);
    await expect(readModelHeader(other)).rejects.toMatchObject({
      code: 'model/parts-missing',
      detail: { values: { missing: `big-0000${number}-of-00003.gguf`, parts: 3 } },
    });
  });

  it('with only the last part there names the first two', async () => {
    for (const number of [1, 2]) rmSync(at(number));
    await expect(readModelHeader(at(3))).rejects.toMatchObject({
      detail: { values: { missing: 'big-00001-of-00003.gguf, big-00002-of-00003.gguf' } },
    });
  });

  it('is refused when its parts do not belong together, were renamed, or count wrongly', async () => {
    const refused = (detail: string) => ({ code: 'model/unsupported', detail: { values: { detail } } });
    writePart(2, { 'split.no': 2 });
    await expect(readModelHeader(at(1))).rejects.toMatchObject(refused('parts of different models'));
    writePart(2, { 'split.count': 4 });
    await expect(readModelHeader(at(1))).rejects.toMatchObject(refused('parts of different models'));
    writePart(2);
    writePart(1, { 'split.tensors.count': 5 });
    await expect(readModelHeader(at(1))).rejects.toMatchObject(refused('tensors of parts'));
    writePart(1, {}, join(folder, 'renamed.gguf'));
    await expect(readModelHeader(join(folder, 'renamed.gguf'))).rejects.toMatchObject(refused('name of a part'));
    writePart(2, {}, at(3, 'moved'));
    await expect(readModelHeader(at(3, 'moved'))).rejects.toMatchObject(refused('number of a part'));
    writePart(1, { 'split.count': 60_000 });
    await expect(readModelHeader(at(1))).rejects.toMatchObject(refused('name of a part'));
  });

  it('is cut when one of its parts is', async () => {
    const path = at(3);
    writeFileSync(path, Buffer.concat(ggufPieces({ 'split.no': 2, 'split.count': 3 }, [])).subarray(0, 40));
    await expect(readModelHeader(at(1))).rejects.toMatchObject({ code: 'model/cut' });
  });

  it('is offered no faster copy, and none is written of a part of it', async () => {
    const copies = new FastCopies({ folder, processorGains: true, write: writeHere, onReady: () => {} });
    const own = { id: 'file:0123456789abcdef', name: 'Big', purpose: 'chat' as const };
    for (const number of parts) expect(await copies.describe({ ...own, path: at(number) })).toBeNull();
    const writing = writeFastCopy(at(2), join(folder, 'copy.gguf'), new AbortController().signal);
    await expect(writing.next()).rejects.toMatchObject({ code: 'model/unsupported' });
  });
});
