import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Value } from './leaf-rows.ts';
import type { NamedRow, SalvagedTable } from './salvaged-tables.ts';

/** Numbers of rows, from and to, that SQLite could not read. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Each range that fails is halved; a tree whose root is gone would be halved for ever. */
const mostFailures = 3000;
/** Where the last number of a table cannot be read, this far past the last row that could be. */
const lookAhead = 65_536;

/**
 * Reads every row of a table that SQLite can still give, round the pages it cannot read, and answers what is left out.
 * Throws when the table itself cannot be found.
 */
export function scanTable(database: DatabaseSync, table: SalvagedTable, take: (row: NamedRow) => void): readonly Gap[] {
  const present = new Set(
    database
      .prepare(`PRAGMA table_info(${table.name})`)
      .all()
      .map((row) => String(row['name'])),
  );
  const columns = table.columns.filter((column) => present.has(column));
  if (columns.length === 0) throw new Error(`there is no table ${table.name}`);
  const select = `SELECT rowid AS "rowid", ${columns.join(', ')} FROM ${table.name} NOT INDEXED`;
  const range = database.prepare(`${select} WHERE rowid BETWEEN ? AND ? ORDER BY rowid`);
  const { last, read } = readAlong(database.prepare(`${select} ORDER BY rowid`), take);
  if (read) return [];
  // From the other end a broken inner page is met later than by its number.
  const fromEnd = readAlong(database.prepare(`${select} ORDER BY rowid DESC`), take);
  const end = fromEnd.last > last ? fromEnd.last - 1 : (lastRowid(database, table) ?? last + lookAhead);
  if (end <= last) return [];
  const one = columns.map((column) =>
    database.prepare(`SELECT ${column} FROM ${table.name} NOT INDEXED WHERE rowid = ?`),
  );
  return readRound(range, { from: last + 1, to: end }, take).filter(({ from, to }) => {
    const row = from === to ? columnsOf(one, from) : null;
    if (row !== null) take(row);
    return row === null || Object.keys(row).length <= columns.length;
  });
}

type Take = (row: NamedRow) => void;

function readAlong(all: StatementSync, take: Take): { readonly last: number; readonly read: boolean } {
  let last = 0;
  try {
    for (const row of all.iterate()) {
      last = Number(row['rowid']);
      take(row as Record<string, Value>);
    }
    return { last, read: true };
  } catch {
    return { last, read: false };
  }
}

function readRound(range: StatementSync, whole: Gap, take: Take): Gap[] {
  const gaps: Gap[] = [];
  const waiting = [whole];
  let failures = 0;
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    let from = part.from;
    try {
      for (const row of range.iterate(from, part.to)) {
        take(row as Record<string, Value>);
        from = Number(row['rowid']) + 1;
      }
      continue;
    } catch {
      failures += 1;
    }
    if (from >= part.to || failures > mostFailures) gaps.push({ from, to: part.to });
    else {
      const middle = Math.floor((from + part.to) / 2);
      waiting.push({ from: middle + 1, to: part.to }, { from, to: middle });
    }
  }
  return gaps;
}

/** What of one row can be read, column by column: a length that is broken hides only what stands after it. */
function columnsOf(columns: readonly StatementSync[], rowid: number): NamedRow | null {
  const row: Record<string, Value> = { rowid };
  for (const column of columns) {
    try {
      Object.assign(row, column.get(rowid));
    } catch {
      // This one is lost; the others may not be.
    }
  }
  return Object.keys(row).length > 1 ? row : null;
}

function lastRowid(database: DatabaseSync, table: SalvagedTable): number | null {
  try {
    return Number(database.prepare(`SELECT max(rowid) AS last FROM ${table.name} NOT INDEXED`).get()?.['last'] ?? 0);
  } catch {
    return null;
  }
}
