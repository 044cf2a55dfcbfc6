import type { LogFault } from '../../contract/receipt-log.ts';
import type { Queries } from '../queries.ts';
import type { ReadLog } from './verify-log.ts';

/** The first entry whose row is not what the log says of it; null where all are. The log itself has been checked. */
export function checkRows(database: Queries, { rows, lines }: Pick<ReadLog, 'rows' | 'lines'>): LogFault | null {
  const seen = new Set<string>();
  const stored = database.prepare('SELECT * FROM receipts ORDER BY began_at, rowid').all();
  for (const row of stored) {
    const id = String(row['id']);
    const told = rows.get(id);
    const at = Number(row['began_at']);
    if (told === undefined) return { what: 'end-missing', line: lines + 1, at, after: 0 };
    seen.add(id);
    const differs = Object.entries(told.columns).some(([name, value]) => (row[name] ?? null) !== (value ?? null));
    if (differs) return { what: 'differs', line: told.line, at, after: 0 };
  }
  for (const [id, { line, columns }] of rows)
    if (!seen.has(id)) return { what: 'differs', line, at: Number(columns['began_at'] ?? 0), after: 0 };
  return null;
}
