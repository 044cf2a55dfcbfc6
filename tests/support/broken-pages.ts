import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const pageBytes = 4096;

/** Writes zeros over one page of a closed database file, the first one being 1. */
export function breakPage(path: string, page: number): void {
  writeFileSync(path, readFileSync(path).fill(0, (page - 1) * pageBytes, page * pageBytes));
}

/** Writes zeros over the first page of a table. */
export function breakTable(path: string, table: string): void {
  const database = new DatabaseSync(path);
  const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table);
  database.close();
  breakPage(path, Number(row?.['rootpage']));
}
