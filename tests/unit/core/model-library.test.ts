import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import { Jobs } from '../../../core/jobs/jobs.ts';
import { FastCopies } from '../../../core/models/fast-copies.ts';
import { ModelDownloads } from '../../../core/models/model-downloads.ts';
import { ModelLibrary } from '../../../core/models/model-library.ts';
import type { Host } from '../../../core/ports.ts';
import { loadCatalogue } from '../../../models/catalogue/catalogue.ts';
import { LocalModels } from '../../../models/engine/local-models.ts';
import { smallGguf } from '../../support/gguf.ts';
import { writeHere } from '../../support/write-here.ts';

describe('a file of the person that only compares sentences', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-library-'));
  const embedding = join(folder, 'embedding.gguf');
  const chat = join(folder, 'chat.gguf');
  let settings: Settings;
  let library: ModelLibrary;

  beforeEach(() => {
    writeFileSync(embedding, smallGguf({ 'llama.pooling_type': 1, 'general.name': 'Compares' }));
    writeFileSync(chat, smallGguf({ 'general.name': 'Answers' }));
    settings = defaultSettings;
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE model_speed (model_id TEXT, words_per_second REAL, measured_at INTEGER)');
    const host = {
      settings: () => settings,
      changeSettings: async (patch: Partial<Settings>) => {
        settings = { ...settings, ...patch };
      },
    };
    const local = new LocalModels({ node: 'node', entry: '', idleMinutes: () => 0, log: () => {} });
    const jobs = new Jobs();
    const downloads = new ModelDownloads({ folder, fetch, jobs, onInstalled: () => {} });
    const fastCopies = new FastCopies({ folder, processorGains: true, write: writeHere, onReady: () => {} });
    library = new ModelLibrary({
      host: host as unknown as Host,
      catalogue: loadCatalogue(),
      folder,
      database,
      local,
      downloads,
      fastCopies,
      jobs,
      servers: { rows: () => [], model: () => null },
      memory: () => ({ totalBytes: 64e9, freeBytes: 64e9 }),
      sourceAnswers: async () => false,
      onChange: () => {},
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is added, listed for what it is, and never chosen to answer', async () => {
    const row = await library.addFile(embedding);
    expect(row).toMatchObject({ purpose: 'embedding', name: 'Compares' });
    await expect(library.find(null)).rejects.toMatchObject({ code: 'model/none' });
    await expect(library.find(row.id)).rejects.toMatchObject({ code: 'model/not-for-answers' });
    await expect(library.choose(row.id)).rejects.toMatchObject({ code: 'model/not-for-answers' });
    expect((await library.list()).filter(({ chosen }) => chosen)).toEqual([]);
    expect(await library.findEmbedding()).toMatchObject({ path: embedding });
  });

  it('leaves the answering to a file that was added after it', async () => {
    await library.addFile(embedding);
    const { id } = await library.addFile(chat);
    expect((await library.find(null)).model.identity.id).toBe(id);
    expect((await library.list()).filter(({ chosen }) => chosen).map((row) => row.id)).toEqual([id]);
  });

  it('does not answer, and why no other model comes is said: nothing answers, or the offline lock is on', async () => {
    await expect(library.ensureStarter()).rejects.toMatchObject({ code: 'download/no-source' });
    settings = { ...settings, offline: true };
    const values = { host: expect.stringMatching(/\./) };
    await expect(library.ensureStarter()).rejects.toMatchObject({ code: 'offline/locked', detail: { values } });
  });

  it('is seen to be another one when its file has changed', async () => {
    await library.addFile(embedding);
    expect(await library.findEmbedding()).not.toBeNull();
    writeFileSync(embedding, smallGguf({ 'general.name': 'Answers now' }));
    expect(await library.findEmbedding()).toBeNull();
    expect((await library.find(null)).model.identity.where).toBe('device');
  });

  it('is forgotten like any other', async () => {
    const { id } = await library.addFile(embedding);
    await library.remove(id);
    expect(await library.findEmbedding()).toBeNull();
  });
});
