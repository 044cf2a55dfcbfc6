/** Entries outlive the chats they were for: what was sent was sent. Columns stand in the order that salvage knows them in. */
export const receiptTable = `
  CREATE TABLE receipts (
    id TEXT PRIMARY KEY,
    message_id TEXT REFERENCES messages (id) ON DELETE SET NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sending', 'arrived', 'failed', 'cancelled', 'unknown')),
    host TEXT NOT NULL,
    place TEXT,
    server_id TEXT,
    model_id TEXT NOT NULL,
    model_name TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    settled_at INTEGER,
    requests INTEGER,
    sent_bytes INTEGER,
    prompt_tokens INTEGER,
    output_tokens INTEGER,
    error TEXT
  ) STRICT;
  CREATE INDEX receipts_by_message ON receipts (message_id);
  CREATE INDEX receipts_sending ON receipts (state) WHERE state = 'sending';
`;

const field = (name: string) => `CASE WHEN json_valid(receipt) THEN json_extract(receipt, '$.${name}') END`;

/**
 * An entry for each answer of a server that has none, from the receipt that stands with it and stays there: versions before
 * the table had no other. Of several calls for one answer they kept the sum.
 */
export const receiptsOfMessages = `
  INSERT OR IGNORE INTO receipts (id, message_id, purpose, state, host, model_id, model_name, began_at, prompt_tokens, output_tokens)
  SELECT 'e-' || id, id, 'answer',
    CASE state WHEN 'complete' THEN 'arrived' WHEN 'stopped' THEN 'cancelled' WHEN 'growing' THEN 'unknown' ELSE 'failed' END,
    CAST(coalesce(${field('host')}, '') AS TEXT),
    CAST(coalesce(${field('modelId')}, '') AS TEXT),
    CAST(coalesce(${field('modelName')}, '') AS TEXT),
    created_at,
    CAST(${field('promptTokens')} AS INTEGER),
    CAST(${field('outputTokens')} AS INTEGER)
  FROM messages
  WHERE receipt IS NOT NULL AND ${field('where')} = 'server'
    AND id NOT IN (SELECT message_id FROM receipts WHERE message_id IS NOT NULL);
`;

const entry = (name: string) => `CASE WHEN entries.type = 'object' THEN json_extract(entries.value, '$.${name}') END`;

/**
 * The entries of answers whose rows were lost with a page of their table: an answer's own receipt, which stands with it, has
 * the calls too. When they were is not in it.
 */
export const receiptsOfEntries = `
  INSERT OR IGNORE INTO receipts (id, message_id, purpose, state, host, model_id, model_name, began_at, prompt_tokens, output_tokens)
  SELECT 'e-' || messages.id || '-' || entries.key, messages.id, 'answer', 'unknown',
    CAST(coalesce(${entry('host')}, '') AS TEXT),
    CAST(coalesce(${entry('modelId')}, '') AS TEXT),
    CAST(coalesce(${entry('modelName')}, '') AS TEXT),
    created_at,
    CAST(${entry('promptTokens')} AS INTEGER),
    CAST(${entry('outputTokens')} AS INTEGER)
  FROM messages, json_each(CASE WHEN json_valid(receipt) THEN receipt ELSE '{}' END, '$.entries') AS entries
  WHERE ${entry('where')} = 'server'
    AND messages.id NOT IN (SELECT message_id FROM receipts WHERE message_id IS NOT NULL AND place IS NOT 'device');
`;
