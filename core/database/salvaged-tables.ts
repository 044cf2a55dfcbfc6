import type { Value } from './leaf-rows.ts';
import { receiptColumns } from './receipt-log.ts';

/** Values of a row by the names of its columns; what an older schema did not have is left out. */
export type NamedRow = Readonly<Record<string, Value>>;

/** A table whose rows are read over from a damaged file. */
export interface SalvagedTable {
  readonly name: string;
  /** In the order in which they stand on a page. */
  readonly columns: readonly string[];
  /** The column that is the number of the row itself, and stands on the page as null. */
  readonly rowidColumn: string | null;
  /** Makes what was read fit for the schema; null for what is no row of this table. */
  readonly clean: (row: NamedRow) => NamedRow | null;
}

export const states = new Set<Value | undefined>(['complete', 'growing', 'stopped', 'cut', 'failed']);
const kinds = new Set<Value | undefined>(['selection', 'clipboard', 'window', 'file']);

const conversations: SalvagedTable = {
  name: 'conversations',
  columns: ['id', 'title', 'created_at', 'updated_at', 'deleted_at', 'pinned_at'],
  rowidColumn: null,
  clean: (row) => {
    const title = readableText(row['title']);
    const times = [row['created_at'], row['updated_at']].filter(isTime);
    const [created, updated = created] = isTime(row['created_at']) ? times : [times[0], times[0]];
    if (!isName(row['id']) || title === null || created === undefined || updated === undefined) return null;
    const deleted = isTime(row['deleted_at']) ? row['deleted_at'] : null;
    const pinned = isTime(row['pinned_at']) ? row['pinned_at'] : null;
    return { ...row, title, created_at: created, updated_at: updated, deleted_at: deleted, pinned_at: pinned };
  },
};

const messages: SalvagedTable = {
  name: 'messages',
  columns: [
    ...['number', 'id', 'conversation_id', 'position', 'role', 'text', 'thinking', 'state'],
    ...['error', 'receipt', 'created_at', 'action'],
  ],
  rowidColumn: 'number',
  clean: (row) => {
    const { number, position, role, state } = row;
    if (!isName(row['id']) || !isName(row['conversation_id']) || typeof row['text'] !== 'string') return null;
    if (!isCount(number)) return null;
    // One of the three may be what was damaged, never more: that is no message.
    const roleIsKnown = role === 'user' || role === 'assistant';
    if ([isCount(position), roleIsKnown, states.has(state)].filter((holds) => !holds).length > 1) return null;
    return {
      ...row,
      position: isCount(position) ? position : number,
      role: roleIsKnown ? role : 'assistant',
      state: states.has(state) ? (state ?? null) : 'complete',
      thinking: typeof row['thinking'] === 'string' ? row['thinking'] : '',
      created_at: isTime(row['created_at']) ? row['created_at'] : 0,
      error: json(row['error']),
      receipt: json(row['receipt']),
      action: json(row['action']),
    };
  },
};

const attachments: SalvagedTable = {
  name: 'attachments',
  columns: ['message_id', 'position', 'kind', 'text', 'application', 'title', 'positions', 'words', 'origin'],
  rowidColumn: null,
  clean: (row) => {
    const text = readableText(row['text']);
    if (!isName(row['message_id']) || !isCount(row['position']) || text === null) return null;
    if (!kinds.has(row['kind'])) return null;
    const name = (value: Value | undefined) => (typeof value === 'string' ? value : null);
    return {
      ...row,
      text,
      application: name(row['application']),
      title: name(row['title']),
      positions: json(row['positions']),
      words: isCount(row['words']) ? row['words'] : null,
      origin: json(row['origin']),
    };
  },
};

/** What only makes Beckon quicker or handier: taken when it can be read, never missed. */
const actionUse: SalvagedTable = {
  name: 'action_use',
  columns: ['action_id', 'used_at'],
  rowidColumn: null,
  clean: (row) => (isName(row['action_id']) && isTime(row['used_at']) ? row : null),
};

const modelSpeed: SalvagedTable = {
  name: 'model_speed',
  columns: ['model_id', 'words_per_second', 'measured_at'],
  rowidColumn: null,
  clean: (row) =>
    isName(row['model_id']) && typeof row['words_per_second'] === 'number' && isTime(row['measured_at']) ? row : null,
};

const receiptStates = new Set<Value | undefined>(['sending', 'arrived', 'failed', 'cancelled', 'unknown']);

const receipts: SalvagedTable = {
  name: 'receipts',
  columns: [
    ...['id', 'message_id', 'purpose', 'state', 'host', 'place', 'server_id', 'model_id', 'model_name'],
    ...['began_at', 'settled_at', 'requests', 'sent_bytes', 'prompt_tokens', 'output_tokens', 'error'],
    ...receiptColumns.map((column) => column.split(' ')[0] ?? ''),
  ],
  rowidColumn: null,
  clean: (row) => {
    if (!isName(row['id']) || typeof row['host'] !== 'string' || !isTime(row['began_at'])) return null;
    const text = (name: string) => (typeof row[name] === 'string' ? (row[name] ?? null) : null);
    const amount = (name: string) => (isCount(row[name]) ? (row[name] ?? null) : null);
    return {
      ...row,
      ...named(['message_id', 'place', 'server_id', 'error'], text),
      ...named(['settled_at', 'requests', 'sent_bytes', 'prompt_tokens', 'output_tokens'], amount),
      ...named(['words', 'hidden', 'cached_tokens', 'cache_write_tokens', 'thinking_tokens'], amount),
      ...named(['action', 'reason', 'sha256', 'currency', 'price_row', 'price_on'], text),
      ...named(['cost_low', 'cost_high', 'reserved'], (name) => (isMoney(row[name]) ? (row[name] ?? null) : null)),
      purpose: text('purpose') ?? 'answer',
      // What cannot be read of it is no proof that nothing was sent.
      state: receiptStates.has(row['state']) ? (row['state'] ?? null) : 'unknown',
      model_id: text('model_id') ?? '',
      model_name: text('model_name') ?? '',
    };
  },
};

const hash = /^[0-9a-f]{64}$/;

/** A line that is damaged is left out, and a check of the log then says which. */
const receiptLog: SalvagedTable = {
  name: 'receipt_log',
  columns: ['number', 'entry', 'kind', 'at', 'record', 'hash'],
  rowidColumn: 'number',
  clean: (row) =>
    isName(row['entry']) &&
    isName(row['kind']) &&
    isTime(row['at']) &&
    typeof row['record'] === 'string' &&
    hash.test(String(row['hash']))
      ? row
      : null,
};

/** The chats: every row of these is looked for on every page. */
export const chatTables = { conversations, messages, attachments } as const;
/** What is read over too, and whose loss is not told in numbers. */
export const smallTables = [actionUse, modelSpeed, receipts, receiptLog] as const;

function named(names: readonly string[], read: (name: string) => Value): NamedRow {
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/** What can be read of a value that was a text before its kind was damaged; null when nothing can. */
export function readableText(value: Value | undefined): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return value == null ? null : new TextDecoder().decode(value);
}

function isName(value: Value | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 200 && !value.includes('\0');
}

function isMoney(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCount(value: Value | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Milliseconds, within some 30,000 years. */
export function isTime(value: Value | undefined): value is number {
  return isCount(value) && value < 1e15;
}

function json(value: Value | undefined): string | null {
  if (typeof value !== 'string') return null;
  try {
    JSON.parse(value);
    return value;
  } catch {
    return null;
  }
}
