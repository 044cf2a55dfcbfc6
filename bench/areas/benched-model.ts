import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueRow } from '../../contract/model.ts';
import { FastCopies } from '../../core/models/fast-copies.ts';
import { fileNameOf, loadCatalogue } from '../../models/catalogue/catalogue.ts';
import { makeFastCopy } from '../../models/fast-copy/make-fast-copy.ts';
import { cacheFolder, checkout, nodeExecutable, testModels } from '../../tests/support/beckon-app.ts';

/** The smallest model that serves a person; what P9, P10 and P13 are measured on. */
export const benchedModel = 'qwen2.5-coder-1.5b-instruct-q4_k_m';

export interface ModelFile {
  readonly row: CatalogueRow;
  readonly path: string;
  /** As the table names it. */
  readonly name: string;
}

/** A model of the catalogue that has been fetched. Throws when it is not there: nothing is measured on another one. */
export function requireModelFile(id: string): ModelFile {
  const row = loadCatalogue().find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`the catalogue has no model ${id}`);
  const path = join(testModels, fileNameOf(row));
  if (!existsSync(path)) throw new Error(`the model ${id} is missing: run this through \`npm run bench\``);
  return { row, path, name: row.name };
}

/** The faster copy that the Models page offers of it; made first when it is not there. */
export async function requireFastCopy(id: string): Promise<ModelFile> {
  const { row, path } = requireModelFile(id);
  const entry = join(checkout, 'models', 'engine', 'entry.ts');
  const copies = new FastCopies({
    // Not beside the model: tests take what is there for what a person has.
    folder: join(cacheFolder, 'fast-copies'),
    processorGains: true,
    write: (files, signal, onBytes) =>
      makeFastCopy({ node: nodeExecutable, entry, log: console.error }, files, signal, onBytes),
    onReady: () => {},
  });
  const model = { ...row, path };
  const description = await copies.describe(model);
  if (description === null) throw new Error(`${row.name} would not be faster as a copy`);
  if (description.status === 'possible')
    await copies.work(model, description).run(new AbortController().signal, () => {});
  const copy = copies.pathOf(id, path);
  if (copy === null) throw new Error(`the copy of ${row.name} is not there`);
  return { row, path: copy, name: `${row.name}, faster copy` };
}
