import type { CatalogueRow, ModelRow } from '../../contract/model.ts';
import { fitOf, type Memory, type ModelSize } from '../../models/catalogue/fit.ts';
import type { Queries } from '../queries.ts';
import type { OwnFile } from './own-files.ts';

export interface ModelRowsOptions {
  /** Tells how fast each model was here. */
  readonly database: Queries;
  readonly memory: () => Memory;
}

/** Models on this machine as the person sees them: whether they fit into its memory, and how fast they were. */
export class ModelRows {
  readonly #options: ModelRowsOptions;

  constructor(options: ModelRowsOptions) {
    this.#options = options;
  }

  ofCatalogue(row: CatalogueRow, installed: boolean): ModelRow {
    const { id, name, shortName, licence, languages, bytes, contextTokens } = row;
    const { purpose } = row;
    const base = { id, kind: 'catalogue' as const, purpose, name, shortName, licence, languages, bytes, contextTokens };
    return {
      ...base,
      installed,
      ...this.#fitAndSpeed(id, row),
      chosen: false,
      fastCopy: null,
      serverId: null,
      host: null,
    };
  }

  ofFile({ id, fileName, header }: OwnFile, name: string): ModelRow {
    const purpose = header?.purpose ?? 'chat';
    const size = header && {
      purpose,
      bytes: header.fileBytes,
      cacheBytesPerToken: header.cacheBytesPerToken,
      contextTokens: header.contextTokens,
    };
    return {
      id,
      kind: 'file',
      purpose,
      name,
      shortName: name,
      fileName,
      licence: null,
      languages: [],
      bytes: header?.fileBytes ?? null,
      contextTokens: header?.contextTokens ?? null,
      installed: header !== null,
      ...this.#fitAndSpeed(id, size),
      chosen: false,
      fastCopy: null,
      serverId: null,
      host: null,
    };
  }

  #fitAndSpeed(id: string, size: ModelSize | null) {
    const memory = this.#options.memory();
    const fit = size === null ? null : fitOf(size, memory);
    const speed = this.#options.database.prepare('SELECT words_per_second FROM model_speed WHERE model_id = ?').get(id);
    return {
      fit: fit?.fit ?? null,
      needBytes: fit?.needBytes ?? null,
      freeBytes: memory.freeBytes,
      measuredWordsPerSecond: speed === undefined ? null : Number(speed['words_per_second']),
    };
  }
}
