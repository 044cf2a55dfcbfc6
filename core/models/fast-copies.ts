import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { FastCopy, ModelPurpose } from '../../contract/model.ts';
import { requireSpace } from '../../models/disk-space.ts';
import { planCopy } from '../../models/fast-copy/plan-copy.ts';
import { partOf } from '../../models/fast-copy/write-copy.ts';
import { readLayout } from '../../models/gguf/read-header.ts';
import { isPart } from '../../models/gguf/split.ts';
import type { Work } from '../jobs/work.ts';
import { stampOf } from './model-files.ts';

/** Writes a copy of a model file to `target`; rejects, leaving nothing, when it fails or `signal` aborts. */
export type WriteCopy = (
  files: { readonly source: string; readonly target: string },
  signal: AbortSignal,
  onBytes: (doneBytes: number) => void,
) => Promise<void>;

export interface FastCopiesOptions {
  readonly folder: string;
  /** Whether the processor is of the kind that gains by copies. */
  readonly processorGains: boolean;
  readonly write: WriteCopy;
  /** Called when a copy is there. */
  readonly onReady: (modelId: string) => void;
}

/** A model file on this machine. */
export interface CopiedModel {
  readonly id: string;
  readonly name: string;
  readonly purpose: ModelPurpose;
  readonly path: string;
}

/** Kept beside a copy: of which file it was made, and how. */
const recordSchema = z.strictObject({ version: z.int(), source: z.string(), bytes: z.int().positive() });
/** Raised when copies are written differently, so that those from before are made anew. */
const version = 1;
const copyEnding = '.fast.gguf';
/** Below this share of its weights, a copy gains too little to be offered. */
const smallestShare = 0.1;

/** Copies of models that this machine's processor reads faster, beside the originals, in the models folder. */
export class FastCopies {
  readonly #options: FastCopiesOptions;
  readonly #plans = new Map<string, Promise<FastCopy | null>>();

  constructor(options: FastCopiesOptions) {
    this.#options = options;
  }

  /** Removes what was being written when the process that wrote it ended. */
  removeUnfinished(): void {
    const { folder } = this.#options;
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) if (name.endsWith(partOf(copyEnding))) remove(join(folder, name));
  }

  /** The copy that answers instead of the file at `path`; null when there is none of it as it is now. */
  pathOf(modelId: string, path: string): string | null {
    const copy = this.#path(modelId);
    const record = readRecord(recordOf(copy));
    if (record === null || record.version !== version || record.source !== stampOf(path)) return null;
    return existsSync(copy) && statSync(copy).size === record.bytes ? copy : null;
  }

  /** What the person can have; null when a copy would gain nothing here or the file cannot be read. */
  async describe({ id, path, purpose }: CopiedModel): Promise<FastCopy | null> {
    const copy = this.pathOf(id, path);
    if (copy !== null) return { status: 'ready', bytes: statSync(copy).size };
    if (!this.#options.processorGains || purpose !== 'chat') return null;
    const key = `${path} ${stampOf(path)}`;
    const known = this.#plans.get(key) ?? plan(path);
    this.#plans.set(key, known);
    return known;
  }

  /** The making of a copy, as work: it begins anew each time. */
  work(model: CopiedModel, { bytes }: FastCopy): Work {
    const { folder, write, onReady } = this.#options;
    const target = this.#path(model.id);
    return {
      id: `fast-copy:${model.id}`,
      task: { kind: 'fast-copy', modelId: model.id, purpose: model.purpose },
      title: model.name,
      unit: 'byte',
      total: bytes,
      allows: { working: ['cancel'], checking: ['cancel'] },
      failsAs: 'model/copy-failed',
      run: async (signal, onProgress) => {
        await mkdir(folder, { recursive: true });
        await requireSpace(folder, bytes);
        const source = stampOf(model.path);
        remove(recordOf(target));
        const onBytes = (doneBytes: number) => onProgress({ amount: doneBytes, stage: 'working', source: null });
        // A writer that was killed cannot clear away what it had written.
        await write({ source: model.path, target }, signal, onBytes).finally(() => remove(partOf(target)));
        const record = { version, source, bytes: statSync(target).size };
        // The record comes last: a copy that has one is whole, whatever happens next.
        await writeFile(partOf(recordOf(target)), JSON.stringify(record));
        await rename(partOf(recordOf(target)), recordOf(target));
        onReady(model.id);
      },
      discard: async () => this.remove(model.id),
    };
  }

  remove(modelId: string): void {
    const copy = this.#path(modelId);
    for (const path of [recordOf(copy), copy, partOf(copy)]) remove(path);
  }

  #path(modelId: string): string {
    return join(this.#options.folder, `${modelId.replaceAll(':', '-')}${copyEnding}`);
  }
}

async function plan(path: string): Promise<FastCopy | null> {
  try {
    const layout = await readLayout(path);
    // A copy is one file, written from one; of a model in parts it would be the first part alone.
    if (isPart(layout)) return null;
    const { bytes, gainingShare } = planCopy(layout);
    return gainingShare < smallestShare ? null : { status: 'possible', bytes: layout.dataStart + bytes };
  } catch {
    return null;
  }
}

function remove(path: string): void {
  // The process that wrote it may have been killed a moment ago and still hold it, where that matters.
  rmSync(path, { force: true, maxRetries: 5, retryDelay: 50 });
}

function recordOf(copy: string): string {
  return `${copy}.json`;
}

function readRecord(path: string): z.infer<typeof recordSchema> | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
