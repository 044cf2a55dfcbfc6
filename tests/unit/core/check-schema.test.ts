import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

describe('one bit that turned in what the tables are', () => {
  it.each(['old.state', 'INTO unindexed', 'seen_at', 'words_per_second', 'application TEXT', 'receipt TEXT'])(
    'is mended before somebody writes or reads what needs it: %s',
    (words) => {
      const folder = mkdtempSync(join(tmpdir(), 'beckon-schema-'));
      try {
        const path = join(folder, 'beckon.db');
        const first = openDatabase(path);
        new Conversations(first.database, () => {}).ask(null, 'kept', null);
        first.database.close();
        const bytes = readFileSync(path);
        // Pages that were split keep what has moved to another one: only one of these places is in use.
        for (let at = bytes.indexOf(words); at >= 0; at = bytes.indexOf(words, at + 1))
          bytes[at] = (bytes[at] ?? 0) ^ 0x02;
        writeFileSync(path, bytes);
        const { database, damaged } = openDatabase(path);
        expect(damaged).toMatchObject({ kept: 1, total: 1, lostMessages: 0 });
        const conversations = new Conversations(database, () => {});
        const { answerId } = conversations.ask(null, 'asked after', null);
        const detail = { thinking: '', error: null, receipt: null };
        conversations.updateAnswer(answerId, { ...detail, text: 'answered', state: 'complete' });
        conversations.dispose();
        database.close();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
