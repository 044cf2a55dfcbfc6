import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../contract/errors.ts';
import { type ReadFile, type ReadOptions, readFile } from '../../core/files/read-file.ts';
import type { ScanProgress } from '../../core/files/read-scans.ts';
import { createPictureReader } from '../../core/sight/pictures.ts';
import { SightProcess } from '../../models/sight/sight-process.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { reader, readerIds } from '../support/document-reader.ts';
import { lettersWrong } from '../support/letters-wrong.ts';
import { makeScanPdf, type ScanPage, scannedPage, textPdf } from '../support/scan-pdf.ts';
import { requireSightModels } from '../support/sight-models.ts';

const never = new AbortController().signal;
const [en, zh] = [scannedPage('en'), scannedPage('zh')];
/** An image of black and white, as no letter looks. */
const checks = {
  about: '/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray',
  bytes: Buffer.from(Array.from({ length: 64 }, (_, at) => (at % 2) * 255)),
};

describe('a PDF of scanned pages', () => {
  let folder: string;
  let sight: SightProcess;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-scans-'));
    const entry = join(checkout, 'models', 'sight', 'entry.ts');
    const places = { node: nodeExecutable, entry, codeFolders: [checkout], idleMs: 60_000 };
    // At the priority of the tests: beside other work it would else hardly get on.
    sight = new SightProcess({ ...places, niceness: 0 });
  });
  afterAll(() => {
    sight.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  function read(content: Buffer, options: Partial<ReadOptions> & { isHere?: boolean; signal?: AbortSignal } = {}) {
    const { isHere = true, signal = never, ...others } = options;
    const pictures = createPictureReader({ files: () => (isHere ? requireSightModels() : null) }, sight);
    const path = join(folder, 'scan.pdf');
    writeFileSync(path, content);
    const progress: ScanProgress[] = [];
    const reading = readFile(path, { ...reader, pictures, ...others }, signal, (seen) => {
      if (seen.pictures !== undefined) progress.push(seen.pictures);
    });
    return {
      progress,
      reading,
      ended: reading.then(
        ({ notes }) => notes,
        ({ code }: AppError) => code,
      ),
    };
  }
  const pagesOf = ({ text, positions: { sections } }: ReadFile) =>
    sections.map(({ start }, index) => text.slice(start, sections[index + 1]?.start).trim());
  const share = (written: string, seen: string | undefined) => {
    const { wrong, of } = lettersWrong(written, seen ?? '');
    return wrong / of;
  };

  it('is read page by page in both languages, however a page was put into the scanner, beside pages of text', async () => {
    const pages: readonly ScanPage[] = [
      { jpeg: en.jpeg, rotate: 90 },
      { jpeg: zh.jpeg, rotate: 270 },
      { stamp: 'The next page was left empty.' },
      {},
      { jpeg: zh.jpeg, rotate: 180, stamp: 'Scanned with a telephone' },
    ];
    const { reading, progress } = read(makeScanPdf(pages));
    const file = await reading;
    const [first, second, third, fourth, fifth] = pagesOf(file);
    const stamped = `${zh.text}Scanned with a telephone`;
    for (const wrong of [share(en.text, first), share(zh.text, second), share(stamped, fifth)])
      expect(wrong).toBeLessThanOrEqual(0.02);
    expect([third, fourth]).toEqual(['The next page was left empty.', '']);
    expect(file.notes).toEqual([{ note: 'pages-as-pictures', count: 3 }]);
    expect(file).toMatchObject({ kind: 'pdf', extent: { unit: 'page', read: 5, total: 5 } });
    expect(file.positions.sections.map(({ locator }) => locator)).toContainEqual({ unit: 'page', first: 5, last: 5 });
    expect(progress.map(({ read: done, total }) => `${done}/${total}`)).toEqual(['0/3', '1/3', '2/3', '3/3']);
    expect(progress[0]?.leftMs).toBeNull();
    expect(progress[1]?.leftMs).toBeGreaterThan(0);
  });

  it('whose letters mean nothing is read as it is seen, and one with right letters is not touched', async () => {
    const lost = await read(textPdf('lost')).reading;
    expect(share(en.text, lost.text)).toBeLessThanOrEqual(0.02);
    expect(lost.notes).toEqual([{ note: 'pages-as-pictures', count: 1 }]);
    const right = await read(textPdf('right')).reading;
    expect([right.notes, share(en.text, right.text)]).toEqual([[], 0]);
  });

  it('without the model for it says how many pages wait; where there is no text at all it waits as a whole', async () => {
    const mixed = makeScanPdf([{ stamp: 'A page of text.' }, { jpeg: en.jpeg }, { jpeg: zh.jpeg }]);
    expect(await read(mixed, { isHere: false }).ended).toEqual([{ note: 'pages-unread', count: 2, why: 'no-model' }]);
    expect(await read(makeScanPdf([{ jpeg: en.jpeg }]), { isHere: false }).ended).toBe('picture/no-model');
    expect(await read(makeScanPdf([{}, {}])).ended).toBe('file/pdf-no-text');
  });

  it('is read up to so many pages, and says how many more there are', async () => {
    const pages = [{ jpeg: zh.jpeg }, ...Array.from({ length: 40 }, () => ({ image: checks }))];
    expect(await read(makeScanPdf(pages), { pageLimit: 2 }).ended).toEqual([
      { note: 'pages-as-pictures', count: 2 },
      { note: 'pages-unread', count: 39, why: 'too-many' },
    ]);
  });

  it('that nobody wants any more ends at once, with its processes', async () => {
    const abort = new AbortController();
    const reason = new Error('taken away');
    const { reading, progress } = read(makeScanPdf([{ jpeg: en.jpeg }, { jpeg: zh.jpeg }]), { signal: abort.signal });
    const ended = reading.catch((error: unknown) => error);
    await expect.poll(() => progress.length, { timeout: 60_000 }).toBeGreaterThan(0);
    abort.abort(reason);
    expect(await ended).toBe(reason);
    await expect.poll(readerIds).toEqual([]);
  });

  it.each([
    ['of an endless size', { box: '[0 0 1e30 1e30]' }],
    ['of 100 metres', { box: '[0 0 283000 283000]' }],
    ['of no size', { box: '[0 0 0 0]' }],
    ['turned inside out', { box: '[595 842 0 0]' }],
    ['with an image that says it has 60,000 by 60,000 pixels', { image: bomb(60_000, 60_000) }],
    ['with an image that unpacks to 400 MB', { image: bomb(20_000, 20_000) }],
    [
      'with an image of no kind',
      { image: { about: '/Width 9/Height 9/Filter/JBIG2Decode', bytes: Buffer.alloc(64, 1) } },
    ],
    [
      'with a broken JPEG',
      {
        image: {
          about: '/Width 900/Height 900/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode',
          bytes: Buffer.concat([en.jpeg.subarray(0, 400), Buffer.alloc(9000, 7)]),
        },
      },
    ],
  ] as const)('with a page %s loses at most that page, and in time', async (_, page) => {
    const since = performance.now();
    const own = makeScanPdf([{ stamp: 'Before the page.' }, { image: checks, ...page }, { stamp: 'Behind the page.' }]);
    const file = await read(own, { drawLimits: { timeMs: 8000, memoryBytes: 1024 ** 3 } }).reading;
    expect(file.text).toContain('Before the page.');
    expect(file.text).toContain('Behind the page.');
    expect(performance.now() - since).toBeLessThan(60_000);
    await expect.poll(readerIds).toEqual([]);
  });

  it('of 100,000 pages gives up in its time, and says how far it came', async () => {
    const page = { jpeg: zh.jpeg };
    const content = makeScanPdf(Array.from({ length: 100_000 }, () => page));
    const file = await read(content, { pageLimit: 1, limits: { timeMs: 12_000, memoryBytes: 512 * 1024 ** 2 } })
      .reading;
    expect(share(zh.text, pagesOf(file)[0])).toBeLessThanOrEqual(0.02);
    expect(file.extent.total).toBe(100_000);
    expect(file.notes).toContainEqual({ note: 'pages-as-pictures', count: 1 });
  });
});

/** An image of one shade that is packed to nearly nothing. */
function bomb(width: number, height: number): { about: string; bytes: Buffer } {
  const about = `/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode`;
  return { about, bytes: deflateSync(Buffer.alloc(Math.min(width * height, 400_000_000), 255)) };
}
