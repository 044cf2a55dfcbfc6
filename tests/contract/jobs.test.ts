import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe } from 'vitest';
import { type WorkUnit, workUnits } from '../../contract/job.ts';
import type { CatalogueRow } from '../../contract/model.ts';
import { Jobs } from '../../core/jobs/jobs.ts';
import { FastCopies } from '../../core/models/fast-copies.ts';
import { ModelDownloads } from '../../core/models/model-downloads.ts';
import { loadCatalogue } from '../../models/catalogue/catalogue.ts';
import { FileServer } from '../fakes/file-server.ts';
import { ggufPieces } from '../support/gguf.ts';
import { elementTypes } from '../support/weight-blocks.ts';
import { describeWork, type WorkStage } from '../support/work-suite.ts';
import { writeHere } from '../support/write-here.ts';

const content = randomBytes(3_000_000);
const row: CatalogueRow = {
  ...(loadCatalogue()[0] as CatalogueRow),
  id: 'fake',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  sources: [{ kind: 'hugging-face', repository: 'x/y', revision: 'main', file: 'fake.gguf' }],
};

/** A pause that an abort ends, until it is over for good. */
function gate() {
  const released = new AbortController();
  return {
    goOn: () => released.abort(),
    pass: async (signal: AbortSignal) => {
      while (!released.signal.aborted) await wait(5, undefined, { signal });
    },
  };
}

async function openDownload(): Promise<WorkStage> {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-work-'));
  const server = await FileServer.start(content);
  server.manners = ['slow'];
  const endpoint = process.env['HF_ENDPOINT'];
  process.env['HF_ENDPOINT'] = server.origin;
  const work = new ModelDownloads({ folder, fetch, jobs: new Jobs(), onInstalled: () => {} }).work(row);
  const names = () => readdirSync(folder);
  return {
    work,
    goOn: () => {
      server.manners = ['range'];
      server.finish();
    },
    left: () => names().filter((name) => name.includes('.part')),
    isThere: () => existsSync(join(folder, 'fake.gguf')) && readFileSync(join(folder, 'fake.gguf')).equals(content),
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
      if (endpoint === undefined) delete process.env['HF_ENDPOINT'];
      else process.env['HF_ENDPOINT'] = endpoint;
    },
  };
}

async function openCopy(): Promise<WorkStage> {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-work-'));
  const source = join(folder, 'own.gguf');
  const values = { 'general.architecture': 'llama', 'llama.context_length': 2048, 'llama.block_count': 1 };
  const tensor = { shape: [32, 32], type: elementTypes.Q8_0, bytes: Buffer.alloc(32 * 34, 1) };
  const tensors = ['output.weight', 'token_embd.weight'].map((name) => ({ name, ...tensor }));
  writeFileSync(source, Buffer.concat(ggufPieces(values, tensors)));
  const { goOn, pass } = gate();
  const copies = new FastCopies({
    folder,
    processorGains: true,
    write: async (files, signal, onBytes) => {
      onBytes(100);
      await pass(signal);
      await writeHere(files, signal, onBytes);
    },
    onReady: () => {},
  });
  const model = { id: 'own', name: 'Own', purpose: 'chat' as const, path: source };
  const copy = await copies.describe(model);
  if (copy === null) throw new Error('nothing would be faster');
  return {
    work: copies.work(model, copy),
    goOn,
    left: () => readdirSync(folder).filter((name) => name.includes('.part')),
    isThere: () => copies.pathOf('own', source) !== null,
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Work of the kind that reads or writes many things one by one, and goes on with the next. */
async function openCounted(unit: WorkUnit, total: number | null): Promise<WorkStage> {
  const { goOn, pass } = gate();
  const count = 40;
  let done = 0;
  const work: WorkStage['work'] = {
    id: `count-${unit}`,
    task: { kind: 'model-download', modelId: 'm', purpose: 'embedding' },
    title: unit,
    unit,
    total,
    allows: { working: ['pause', 'cancel'], checking: ['cancel'] },
    failsAs: 'app/internal',
    run: async (signal, onProgress) => {
      while (done < count) {
        done += 1;
        // The last of them counts for more than was thought.
        onProgress({ amount: done === count ? count + 3 : done, stage: 'working', source: null });
        if (done === count / 2) await pass(signal);
        else await wait(1, undefined, { signal });
      }
    },
    discard: async () => {
      done = 0;
    },
  };
  return {
    work,
    goOn,
    left: () => (done === 0 || done === count ? [] : [`${done}`]),
    isThere: () => done === count,
    close: async () => {},
  };
}

describe('the download of a model', () => describeWork(openDownload));
describe('a copy for the processor', () => describeWork(openCopy));
describe.each(workUnits)('work that is counted in %s', (unit) => describeWork(() => openCounted(unit, 40)));
describe('work whose total nobody knows', () => describeWork(() => openCounted('entry', null)));
