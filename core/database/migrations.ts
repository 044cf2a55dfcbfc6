import type { DatabaseSync } from 'node:sqlite';
import { receiptLogTable, takeOver } from './receipt-log.ts';
import { receiptsOfMessages, receiptTable } from './receipt-table.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: (database: DatabaseSync) => void;
}

/** "Bkon" in the header of a database file: whose it is. Files from before version 6 have 0. */
export const applicationId = 0x426b6f6e;

/** Every change of the schema since the first, in order; a released one is never edited. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'conversations and messages',
    up: (database) =>
      database.exec(`
        CREATE TABLE conversations (
          id TEXT PRIMARY KEY,
          title TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL,
          deleted_at INTEGER
        ) STRICT;
        CREATE TABLE messages (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
          text TEXT NOT NULL,
          thinking TEXT NOT NULL DEFAULT '',
          state TEXT NOT NULL CHECK (state IN ('complete', 'growing', 'stopped', 'cut', 'failed')),
          error TEXT,
          receipt TEXT,
          created_at INTEGER NOT NULL,
          UNIQUE (conversation_id, position)
        ) STRICT;
        CREATE INDEX conversations_by_time ON conversations (updated_at DESC) WHERE deleted_at IS NULL;
        CREATE INDEX messages_growing ON messages (state) WHERE state = 'growing';
      `),
  },
  {
    version: 2,
    name: 'full-text search',
    up: (database) =>
      database.exec(`
        CREATE VIRTUAL TABLE message_search USING fts5 (text, content = 'messages', content_rowid = 'number', tokenize = 'trigram');
        INSERT INTO message_search (rowid, text) SELECT number, text FROM messages WHERE state <> 'growing';
      `),
  },
  {
    version: 3,
    name: 'measured speed of models',
    up: (database) =>
      database.exec(`
        CREATE TABLE model_speed (
          model_id TEXT PRIMARY KEY,
          words_per_second REAL NOT NULL,
          measured_at INTEGER NOT NULL
        ) STRICT;
      `),
  },
  {
    version: 4,
    name: 'texts and actions that go along with a question',
    up: (database) =>
      database.exec(`
        CREATE TABLE attachments (
          message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          kind TEXT NOT NULL,
          text TEXT NOT NULL,
          application TEXT,
          title TEXT,
          PRIMARY KEY (message_id, position)
        ) STRICT;
        ALTER TABLE messages ADD COLUMN action TEXT;
        CREATE TABLE action_use (
          action_id TEXT PRIMARY KEY,
          used_at INTEGER NOT NULL
        ) STRICT;
      `),
  },
  {
    version: 5,
    name: 'where the pages of a text stand, and its words',
    up: (database) =>
      database.exec(`
        ALTER TABLE attachments ADD COLUMN positions TEXT;
        ALTER TABLE attachments ADD COLUMN words INTEGER;
      `),
  },
  {
    version: 6,
    name: 'search in a file of its own, reports of damage, whose file this is',
    up: (database) =>
      database.exec(`
        DROP TABLE IF EXISTS message_search;
        CREATE TABLE unindexed (number INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE search_source (id TEXT NOT NULL, changes INTEGER NOT NULL) STRICT;
        INSERT INTO search_source VALUES (lower(hex(randomblob(16))), 0);
        INSERT INTO unindexed SELECT number FROM messages WHERE state <> 'growing';
        CREATE TRIGGER message_stored AFTER INSERT ON messages WHEN new.state <> 'growing'
        BEGIN INSERT OR IGNORE INTO unindexed VALUES (new.number); END;
        CREATE TRIGGER message_counted AFTER INSERT ON messages
        BEGIN UPDATE search_source SET changes = changes + 1; END;
        CREATE TRIGGER message_uncounted AFTER DELETE ON messages
        BEGIN UPDATE search_source SET changes = changes + 1; END;
        CREATE TRIGGER message_changed AFTER UPDATE OF text, state ON messages
        WHEN new.state <> 'growing' OR old.state <> 'growing'
        BEGIN INSERT OR IGNORE INTO unindexed VALUES (new.number); END;
        CREATE TRIGGER message_removed AFTER DELETE ON messages WHEN old.state <> 'growing'
        BEGIN INSERT OR IGNORE INTO unindexed VALUES (old.number); END;
        CREATE INDEX conversations_hidden ON conversations (id) WHERE deleted_at IS NOT NULL;
        CREATE TABLE damage_reports (
          at INTEGER PRIMARY KEY,
          report TEXT NOT NULL,
          seen_at INTEGER
        ) STRICT;
        PRAGMA application_id = ${applicationId};
      `),
  },
  {
    version: 7,
    name: 'what left this machine, an entry a model call',
    up: (database) => database.exec(receiptTable + receiptsOfMessages),
  },
  {
    version: 8,
    // Receipts of before stay as they are and are read as new ones; a Beckon of before could not read new ones.
    name: 'receipts of answers as entries and a basis',
    up: () => {},
  },
  {
    version: 9,
    name: 'chats that are pinned',
    up: (database) => database.exec('ALTER TABLE conversations ADD COLUMN pinned_at INTEGER'),
  },
  {
    version: 10,
    name: 'receipts that prove themselves, and what they cost',
    up: (database) => {
      database.exec(receiptLogTable);
      takeOver(database, 'upgrade');
    },
  },
  {
    version: 11,
    name: 'which file a text was read from',
    up: (database) => database.exec('ALTER TABLE attachments ADD COLUMN origin TEXT'),
  },
];

export const newestVersion = migrations.at(-1)?.version ?? 0;
