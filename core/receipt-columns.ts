import type { SQLInputValue } from 'node:sqlite';
import type { Json } from './receipt-chain.ts';

/** What a record says besides its number and the hash before it. */
export type RecordFields = { readonly [name: string]: Json };

/** Columns of `receipts` and their values. */
export type Columns = Readonly<Record<string, SQLInputValue>>;

/** The fields of a record; null where it is none. */
export function fieldsOf(record: string): RecordFields | null {
  try {
    const value: unknown = JSON.parse(record);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RecordFields) : null;
  } catch {
    return null;
  }
}

/** What a record says of the row of its entry: the row is written from it, and held against it when the log is checked. */
export function columnsOf(record: RecordFields): Columns {
  switch (record['kind']) {
    case 'begin':
      return {
        ...{ purpose: text(record['purpose']), state: 'sending', host: text(record['host']) },
        ...{ place: text(record['place']), server_id: text(record['server']), model_id: text(record['model']) },
        ...{ model_name: text(record['name']), began_at: number(record['at']), action: text(record['action']) },
        ...{
          reason: text(record['reason']),
          hidden: number(record['hidden']),
          sha256: text(inner(record, 'body', 'sha256')),
        },
        ...{ price_row: text(inner(record, 'price', 'row')), price_on: text(inner(record, 'price', 'on')) },
        ...{
          currency: text(inner(record, 'reserved', 'currency')),
          reserved: number(inner(record, 'reserved', 'amount')),
        },
      };
    case 'settle':
      return record['state'] === 'unknown' ? { state: 'unknown' } : settledColumns(record);
    case 'call':
      return {
        ...{
          purpose: 'answer',
          state: text(record['state']),
          host: '',
          place: 'device',
          model_id: text(record['model']),
        },
        ...{ model_name: text(record['name']), began_at: number(record['at']), settled_at: number(record['ended']) },
        ...{ action: text(record['action']), ...tokenColumns(record) },
      };
    default:
      return plain(record['entry']);
  }
}

/** An entry of before there was a log, whose row stands in its record as it was. */
function plain(entry: Json | undefined): Columns {
  if (typeof entry !== 'object' || entry === null) return {};
  return Object.fromEntries(
    Object.entries(entry).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || value === null ? [[name, value]] : [],
    ),
  );
}

function settledColumns(record: RecordFields): Columns {
  const cost = record['cost'] === null ? null : inner(record, 'cost', 'currency');
  return {
    ...{ state: text(record['state']), settled_at: number(record['at']), requests: number(record['requests']) },
    ...{ sent_bytes: number(record['bytes']), error: text(record['error']), ...tokenColumns(record) },
    ...(cost === null
      ? {}
      : {
          ...{ currency: text(cost), cost_low: number(inner(record, 'cost', 'low')) },
          ...{ cost_high: number(inner(record, 'cost', 'high')), price_row: text(inner(record, 'cost', 'row')) },
          price_on: text(inner(record, 'cost', 'on')),
        }),
  };
}

function tokenColumns(record: RecordFields): Columns {
  const of = (name: string) => number(inner(record, 'tokens', name));
  return {
    words: number(record['words']),
    ...{ prompt_tokens: of('prompt'), cached_tokens: of('cached'), cache_write_tokens: of('cacheWrite') },
    ...{ output_tokens: of('output'), thinking_tokens: of('thinking') },
  };
}

/** A field of a field; null where one of the two is not there. */
function inner(record: RecordFields, name: string, within: string): Json {
  const value = record[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return (value as RecordFields)[within] ?? null;
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
