import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { FetchedFile, ModelSource } from '../../contract/model.ts';
import { fileNameOf } from '../catalogue/catalogue.ts';
import { requireSpace } from '../disk-space.ts';
import type { CarrierSource } from './carrier.ts';
import { finish } from './finish.ts';
import { fromCarrier, joiningShare } from './from-carrier.ts';
import { fetchToFile, sizeOf } from './http-file.ts';
import type { TransferOptions } from './transfer-options.ts';

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
      await finish(options, part, target, source.kind === 'carrier' ? joiningShare : 0);
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

async function checkSpace(row: FetchedFile, folder: string, part: string): Promise<void> {
  const carried = row.sources.every(({ kind }) => kind === 'carrier');
  await requireSpace(folder, row.bytes * (carried ? 2 : 1) - (await sizeOf(part)));
}
