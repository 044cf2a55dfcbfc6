import type { DatabaseSync } from 'node:sqlite';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: (database: DatabaseSync) => void;
}

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
];

export const newestVersion = migrations.at(-1)?.version ?? 0;
