import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Jobs } from '../../../core/jobs/jobs.ts';
import { FastCopies, type WriteCopy } from '../../../core/models/fast-copies.ts';
import { ggufPieces } from '../../support/gguf.ts';
import { waitFor } from '../../support/processes.ts';
import { elementTypes } from '../../support/weight-blocks.ts';
import { writeHere } from '../../support/write-here.ts';

const values = { 'general.architecture': 'llama', 'llama.context_length': 2048, 'llama.block_count': 1 };

describe('fast copies of models', () => {
  let folder: string;
  let path: string;
  let jobs: Jobs;
  const own = () => ({ id: 'file:0123456789abcdef', name: 'Own', purpose: 'chat' as const, path });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-copies-'));
    path = join(folder, 'own.gguf');
    jobs = new Jobs();
    writeModel(elementTypes.Q8_0, 34);
  });
  afterEach(() => {
    jobs.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  function writeModel(type: number, blockBytes: number): void {
    const bytes = Buffer.alloc(32 * blockBytes, 1);
    writeFileSync(path, Buffer.concat(ggufPieces(values, [{ name: 'output.weight', shape: [32, 32], type, bytes }])));
  }

  function create(write: WriteCopy = writeHere, processorGains = true): FastCopies {
    return new FastCopies({ folder, processorGains, write, onReady: () => {} });
  }

  async function make(copies: FastCopies): Promise<string> {
    const possible = await copies.describe(own());
    if (possible === null) throw new Error('nothing would be faster');
    const id = jobs.start(copies.work(own(), possible));
    await waitFor('the job is over', () => jobs.state.value.jobs.every(({ status }) => status === 'failed'));
    return id;
  }

  it('are offered where they gain, and answer instead of the model once they are whole', async () => {
    const copies = create();
    expect(await copies.describe(own())).toMatchObject({ status: 'possible' });
    expect(copies.pathOf(own().id, path)).toBeNull();
    await make(copies);
    const copy = copies.pathOf(own().id, path);
    expect(copy).not.toBeNull();
    expect(await create().describe(own())).toEqual({ status: 'ready', bytes: readFileSync(copy ?? '').length });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('are not offered for weights that are packed already, for sentences, on other processors, or for no model', async () => {
    expect(await create(writeHere, false).describe(own())).toBeNull();
    expect(await create().describe({ ...own(), purpose: 'embedding' })).toBeNull();
    writeModel(2, 18);
    expect(await create().describe(own())).toBeNull();
    writeFileSync(path, 'no model');
    expect(await create().describe(own())).toBeNull();
  });

  it('answer no longer when the model has changed, or when they are not what was written', async () => {
    const copies = create();
    await make(copies);
    utimesSync(path, new Date(), new Date(0));
    expect(copies.pathOf(own().id, path)).toBeNull();
    await make(copies);
    const copy = copies.pathOf(own().id, path) ?? '';
    truncateSync(copy, 100);
    expect(copies.pathOf(own().id, path)).toBeNull();
    await make(copies);
    writeFileSync(`${copy}.json`, '{ broken');
    expect(copies.pathOf(own().id, path)).toBeNull();
  });

  it('that could not be written leave the model answering, with a sentence of their own', async () => {
    const copies = create(() => Promise.reject(new Error('no room')));
    await make(copies);
    expect(jobs.state.value.jobs[0]).toMatchObject({ status: 'failed', error: { code: 'model/copy-failed' } });
    expect(copies.pathOf(own().id, path)).toBeNull();
  });

  it('leave nothing when they are cancelled, removed, or were being written when the process ended', async () => {
    const copies = create((_files, signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)));
    const possible = await copies.describe(own());
    const id = jobs.start(copies.work(own(), possible ?? { status: 'possible', bytes: 1 }));
    const part = join(folder, 'file-0123456789abcdef.fast.gguf.part');
    writeFileSync(part, 'half');
    await jobs.cancel(id);
    expect(existsSync(part)).toBe(false);
    writeFileSync(part, 'half');
    create().removeUnfinished();
    await make(create());
    create().remove(own().id);
    expect(readdirSync(folder)).toEqual(['own.gguf']);
  });
});
