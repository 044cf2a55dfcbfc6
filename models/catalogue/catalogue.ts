import * as z from 'zod';
import { type CatalogueRow, catalogueRowSchema } from '../../contract/model.ts';
import rows from './catalogue.json' with { type: 'json' };

/** The models that Beckon knows by name, checked against the schema; a wrong row is a bug of the data file. */
export function loadCatalogue(): readonly CatalogueRow[] {
  return z.array(catalogueRowSchema).parse(rows);
}

/** Name of a model's file in the models folder. */
export function fileNameOf(row: CatalogueRow): string {
  return `${row.id}.gguf`;
}
