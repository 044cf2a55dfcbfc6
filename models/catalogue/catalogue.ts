import * as z from 'zod';
import { type CatalogueRow, catalogueRowSchema, type FetchedFile } from '../../contract/model.ts';
import rows from './catalogue.json' with { type: 'json' };

/** The models that Beckon knows by name, checked against the schema; a wrong row is a bug of the data file. */
export function loadCatalogue(): readonly CatalogueRow[] {
  return z.array(catalogueRowSchema).parse(rows);
}

/** Name of a model's file in the models folder. */
export function fileNameOf({ id, fileName }: Pick<FetchedFile, 'id' | 'fileName'>): string {
  return fileName ?? `${id}.gguf`;
}
