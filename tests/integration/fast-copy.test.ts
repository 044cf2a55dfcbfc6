import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Jobs } from '../../core/jobs/jobs.ts';
import { FastCopies } from '../../core/models/fast-copies.ts';
import { LocalModels } from '../../models/engine/local-models.ts';
import { makeFastCopy } from '../../models/fast-copy/make-fast-copy.ts';
import { checkout, nodeExecutable, requireModel, smallModel } from '../support/beckon-app.ts';
import { collect, input } from '../support/language-model-suite.ts';
import { processTree, waitFor } from '../support/processes.ts';

const entry = join(checkout, 'models', 'engine', 'entry.ts');

describe('the fast copy of a real model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-fast-'));
  const path = requireModel(smallModel);
  const model = { id: smallModel, name: 'Small', purpose: 'chat' as const, path };
  const jobs = new Jobs();
  const copies = new FastCopies({
    folder,
    processorGains: true,
    write: (files, signal, onBytes) =>
      makeFastCopy({ node: nodeExecutable, entry, log: () => {} }, files, signal, onBytes),
    onReady: () => {},
  });
  const job = () => jobs.state.value.jobs[0];

  afterEach(() => jobs.dispose());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function start(): Promise<string> {
    const possible = await copies.describe(model);
    if (possible?.status !== 'possible') throw new Error('no copy can be made');
    return jobs.start(copies.work(model, possible));
  }

  it('that is cancelled, or whose process is killed, leaves nothing behind and can be made again', async () => {
    const cancelled = await start();
    await waitFor('some is written', () => (job()?.amount ?? 0) > 10_000_000);
    await jobs.cancel(cancelled);
    await waitFor('nothing is left', () => readdirSync(folder).length === 0);
    await start();
    await waitFor('some is written', () => (job()?.amount ?? 0) > 10_000_000);
    const [writer] = processTree(process.pid).filter(({ command }) => command.includes(entry));
    process.kill(writer?.pid ?? 0, 'SIGKILL');
    await waitFor('the job failed', () => job()?.status === 'failed');
    expect(job()?.error?.code).toBe('model/copy-failed');
    await waitFor('nothing is left', () => readdirSync(folder).length === 0);
  });

  it('is smaller than the model, and answers as it does', async () => {
    await start();
    await waitFor('the copy is there', () => jobs.state.value.jobs.length === 0, 120_000);
    const copy = copies.pathOf(model.id, path) ?? '';
    expect(statSync(copy).size).toBeLessThan(statSync(path).size);
    const models = new LocalModels({ node: nodeExecutable, entry, idleMinutes: () => 0, log: () => {} });
    try {
      const fast = models.model({ id: 'fast', name: 'Fast', path: copy, cacheBytesPerToken: null, thinking: 'none' });
      // Weights that were stored wrongly give words without sense, or none.
      const english = await collect(fast, input('What is the capital of France? Answer in one sentence.'));
      expect(english.text).toContain('Paris');
      const chinese = await collect(fast, input('中国的首都是哪里？用一句话回答。'));
      expect(chinese.text).toContain('北京');
    } finally {
      models.dispose();
    }
  });
});
