import type { LogFault, LogReport } from '../../contract/receipt-log.ts';
import { canonical, type Link, nothingBefore, sha256Of } from '../receipt-chain.ts';
import { type Columns, columnsOf, fieldsOf, type RecordFields } from '../receipt-columns.ts';

/** What a log says of each entry, and whether its lines are what they were. */
export interface ReadLog extends LogReport {
  readonly rows: ReadonlyMap<string, { readonly columns: Columns; readonly line: number }>;
}

/** Goes along the lines, in the order in which they stand, up to the first that is not what it was. */
export function readLog(links: readonly Link[]): ReadLog {
  const rows = new Map<string, { columns: Columns; line: number }>();
  let before: Link | null = null;
  let fault: LogFault | null = null;
  let mended = 0;
  for (const [index, link] of links.entries()) {
    const fields = fieldsOf(link.record);
    const what = faultOf(link, fields, before, links);
    if (what !== null || fields === null) {
      fault = { what: what ?? 'unreadable', line: link.number, at: timeOf(fields), after: links.length - index };
      break;
    }
    const id = String(fields['id']);
    if (fields['kind'] === 'before' && fields['why'] === 'mended') mended += 1;
    const line = rows.get(id)?.line ?? link.number;
    rows.set(id, { columns: { ...rows.get(id)?.columns, ...columnsOf(fields) }, line });
    before = link;
  }
  const report = { lines: links.length, entries: rows.size, head: links.at(-1)?.hash ?? null, fault, rows };
  return mended === 0 ? report : { ...report, mended };
}

function faultOf(
  link: Link,
  fields: RecordFields | null,
  before: Link | null,
  links: readonly Link[],
): LogFault['what'] | null {
  if (sha256Of(link.record) !== link.hash) return fields === null ? 'unreadable' : 'changed';
  if (fields === null) return 'unreadable';
  const expected = (before?.number ?? 0) + 1;
  if (link.number !== expected) return links.some(({ number }) => number === expected) ? 'moved' : 'missing';
  // Its own number stands in what is hashed: two lines that changed places have each other's.
  if (fields['n'] !== link.number) return 'moved';
  return fields['prev'] === (before?.hash ?? nothingBefore) ? null : 'replaced';
}

function timeOf(fields: RecordFields | null): number | null {
  const at = fields?.['at'];
  return typeof at === 'number' && Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : null;
}

/** A line of a file: `{"hash": …, "record": …}`, with the record in its canonical form. */
export function lineOf({ hash, record }: Pick<Link, 'hash' | 'record'>): string {
  return `{"hash":"${hash}","record":${record}}`;
}

/** Lines of such a file; what is none stands as a line that cannot be read, in its place. */
export function linksOfFile(text: string): readonly Link[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => linkOf(line) ?? { number: index + 1, record: line, hash: '' });
}

function linkOf(line: string): Link | null {
  const fields = fieldsOf(line);
  const [hash, record] = [fields?.['hash'], fields?.['record']];
  if (typeof hash !== 'string' || typeof record !== 'object' || record === null || Array.isArray(record)) return null;
  const { n } = record as RecordFields;
  return typeof n === 'number' ? { number: n, record: canonical(record), hash } : null;
}
