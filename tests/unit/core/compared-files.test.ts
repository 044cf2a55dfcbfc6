import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import { Jobs } from '../../../core/jobs/jobs.ts';
import { FastCopies } from '../../../core/models/fast-copies.ts';
import { InstalledModels } from '../../../core/models/installed-models.ts';
import { ModelChanges } from '../../../core/models/model-changes.ts';
import { ModelChoice } from '../../../core/models/model-choice.ts';
import { ModelDownloads } from '../../../core/models/model-downloads.ts';
import { ModelList } from '../../../core/models/model-list.ts';
import { ModelRows } from '../../../core/models/model-rows.ts';
import { ModelSpeeds } from '../../../core/models/model-speeds.ts';
import { SightModels } from '../../../core/models/sight-models.ts';
import { StarterModel } from '../../../core/models/starter-model.ts';
import type { Host } from '../../../core/ports.ts';
import { loadCatalogue } from '../../../models/catalogue/catalogue.ts';
import { loadSightModel } from '../../../models/catalogue/sight-model.ts';
import { LocalModels } from '../../../models/engine/local-models.ts';
import { smallGguf } from '../../support/gguf.ts';
import { writeHere } from '../../support/write-here.ts';

describe('a file of the person that only compares sentences', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-library-'));
  const embedding = join(folder, 'embedding.gguf');
  const chat = join(folder, 'chat.gguf');
  let settings: Settings;
  let models: ReturnType<typeof createModels>;

  beforeEach(() => {
    writeFileSync(embedding, smallGguf({ 'llama.pooling_type': 1, 'general.name': 'Compares' }));
    writeFileSync(chat, smallGguf({ 'general.name': 'Answers' }));
    settings = defaultSettings;
    models = createModels();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function createModels() {
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE model_speed (model_id TEXT, words_per_second REAL, measured_at INTEGER)');
    const host = {
      settings: () => settings,
      changeSettings: async (patch: Partial<Settings>) => {
        settings = { ...settings, ...patch };
      },
    } as unknown as Host;
    const local = new LocalModels({ node: 'node', entry: '', idleMinutes: () => 0, log: () => {} });
    const jobs = new Jobs();
    const downloads = new ModelDownloads({ folder, fetch, jobs, onInstalled: () => {} });
    const fastCopies = new FastCopies({ folder, processorGains: true, write: writeHere, onReady: () => {} });
    const servers = { rows: () => [], model: () => null };
    const memory = () => ({ totalBytes: 64e9, freeBytes: 64e9 });
    const shelf = { host, catalogue: loadCatalogue(), folder };
    const installed = new InstalledModels(shelf);
    const choice = new ModelChoice({ host, installed, local, fastCopies, servers });
    const rows = new ModelRows({ speeds: new ModelSpeeds(database), memory });
    const sight = new SightModels({ model: loadSightModel(), folder, fetch, jobs });
    const list = new ModelList({ ...shelf, installed, choice, rows, fastCopies, servers, sight });
    const changed = { installed, list, local, downloads, fastCopies, sight, jobs };
    const changes = new ModelChanges({ ...shelf, ...changed, onChange: () => {} });
    const starter = new StarterModel({ ...shelf, choice, downloads, jobs, memory, sourceAnswers: async () => false });
    return { installed, choice, list, changes, starter };
  }

  it('is added, listed for what it is, and never chosen to answer', async () => {
    const row = await models.changes.addFile(embedding);
    expect(row).toMatchObject({ purpose: 'embedding', name: 'Compares' });
    await expect(models.choice.find(null)).rejects.toMatchObject({ code: 'model/none' });
    await expect(models.choice.find(row.id)).rejects.toMatchObject({ code: 'model/not-for-answers' });
    await expect(models.changes.choose(row.id)).rejects.toMatchObject({ code: 'model/not-for-answers' });
    expect((await models.list.list()).filter(({ chosen }) => chosen)).toEqual([]);
    expect(await models.installed.comparing()).toMatchObject({ path: embedding });
  });

  it('leaves the answering to a file that was added after it', async () => {
    await models.changes.addFile(embedding);
    const { id } = await models.changes.addFile(chat);
    expect((await models.choice.find(null)).model.identity.id).toBe(id);
    expect((await models.list.list()).filter(({ chosen }) => chosen).map((row) => row.id)).toEqual([id]);
  });

  it('does not answer, and why no other model comes is said: nothing answers, or the offline lock is on', async () => {
    await expect(models.starter.ensure()).rejects.toMatchObject({ code: 'download/no-source' });
    settings = { ...settings, offline: true };
    const values = { host: expect.stringMatching(/\./) };
    await expect(models.starter.ensure()).rejects.toMatchObject({ code: 'offline/locked', detail: { values } });
  });

  it('is seen to be another one when its file has changed', async () => {
    await models.changes.addFile(embedding);
    expect(await models.installed.comparing()).not.toBeNull();
    writeFileSync(embedding, smallGguf({ 'general.name': 'Answers now' }));
    expect(await models.installed.comparing()).toBeNull();
    expect((await models.choice.find(null)).model.identity.where).toBe('device');
  });

  it('is forgotten like any other', async () => {
    const { id } = await models.changes.addFile(embedding);
    await models.changes.remove(id);
    expect(await models.installed.comparing()).toBeNull();
  });
});
