import type { CatalogueRow, ModelHere } from '../../contract/model.ts';
import { fitOf, type Memory, type ModelSize } from '../../models/fit/fit.ts';
import type { ModelSpeeds } from './model-speeds.ts';
import type { OwnFile } from './own-files.ts';

export interface ModelRowsOptions {
  readonly speeds: ModelSpeeds;
  readonly memory: () => Memory;
}

/** Models on this machine as the person sees them: whether they fit into its memory, and how fast they were. */
export class ModelRows {
  readonly #options: ModelRowsOptions;

  constructor(options: ModelRowsOptions) {
    this.#options = options;
  }

  ofCatalogue(row: CatalogueRow, installed: boolean): ModelHere {
    const { id, name, shortName, licence, languages, bytes, contextTokens, purpose } = row;
    const told = { id, purpose, name, shortName, licence, languages, bytes, contextTokens };
    return {
      kind: 'catalogue',
      ...told,
      installed,
      ...this.#fitAndSpeed(id, row),
      chosen: false,
      fastCopy: null,
    };
  }

  ofFile({ id, fileName, header }: OwnFile, name: string): ModelHere {
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
      bytes: header?.fileBytes ?? null,
      contextTokens: header?.contextTokens ?? null,
      installed: header !== null,
      ...this.#fitAndSpeed(id, size),
      chosen: false,
      fastCopy: null,
    };
  }

  #fitAndSpeed(id: string, size: ModelSize | null) {
    const memory = this.#options.memory();
    const fit = size === null ? null : fitOf(size, memory);
    return {
      fit: fit?.fit ?? null,
      needBytes: fit?.needBytes ?? null,
      ...(fit?.tokens == null ? {} : { windowTokens: fit.tokens }),
      freeBytes: memory.freeBytes,
      measuredWordsPerSecond: this.#options.speeds.of(id),
    };
  }
}
