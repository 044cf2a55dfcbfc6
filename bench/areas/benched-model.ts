import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueRow } from '../../contract/model.ts';
import { fileNameOf, loadCatalogue } from '../../models/catalogue/catalogue.ts';
import { testModels } from '../../tests/support/beckon-app.ts';

/** The smallest model that serves a person; what P9, P10 and P13 are measured on. */
export const benchedModel = 'qwen2.5-coder-1.5b-instruct-q4_k_m';

export interface ModelFile {
  readonly row: CatalogueRow;
  readonly path: string;
}

/** A model of the catalogue that has been fetched. Throws when it is not there: nothing is measured on another one. */
export function requireModelFile(id: string): ModelFile {
  const row = loadCatalogue().find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`the catalogue has no model ${id}`);
  const path = join(testModels, fileNameOf(row));
  if (!existsSync(path)) throw new Error(`the model ${id} is missing: run this through \`npm run bench\``);
  return { row, path };
}
