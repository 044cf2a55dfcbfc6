import { mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { SearchIndex } from '../../../core/conversations/search-index.ts';
import type { DamageReport } from '../../../core/database/damage-report.ts';
import { LiveDatabase } from '../../../core/database/live-database.ts';

describe('a database that turns out to be damaged in the middle of work', () => {
  let folder: string;
  let path: string;
  let database: LiveDatabase;
  let conversations: Conversations;
  let index: SearchIndex;
  const mended: DamageReport[] = [];
  const noDetail = { thinking: '', error: null, receipt: null } as const;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-live-'));
    path = join(folder, 'beckon.db');
    mended.length = 0;
    begin();
  });

  afterEach(() => {
    end();
    rmSync(folder, { recursive: true, force: true });
  });

  function begin(): void {
    database = new LiveDatabase(path, { mayWrite: true, onMended: (report) => mended.push(report) });
    index = new SearchIndex(database, join(folder, 'beckon-search.db'));
    const nothing = () => {};
    conversations = new Conversations(database, nothing, nothing, index);
  }

  function end(): void {
    conversations.dispose();
    index.dispose();
    database.dispose();
  }

  /** Six megabytes of chats: more than a start looks at, and than SQLite keeps in memory. */
  function fill(): void {
    for (let chat = 0; chat < 60; chat += 1) {
      const { answerId } = conversations.ask(null, `Question ${chat} about the lighthouse`, null);
      const text = `Answer ${chat}. ${'The tide turns at noon. '.repeat(2000 + chat)}`;
      conversations.updateAnswer(answerId, { ...noDetail, text, state: 'complete' });
    }
    database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory');
  }

  /** What a failing disk does: whole pages turn to zeros under the running program. */
  function breakPages(from: number, count: number): void {
    writeSync(openSync(path, 'r+'), Buffer.alloc(count * 4096), 0, count * 4096, from * 4096);
  }

  const all = () => conversations.list('', 500).map(({ id }) => conversations.get(id));
  const asideFiles = () => readdirSync(folder).filter((name) => name.includes('.damaged-'));

  it('is mended once, and who asked for a chat gets it', () => {
    fill();
    breakPages(700, 8);
    expect(all()).toHaveLength(60);
    expect(mended).toHaveLength(1);
    expect(mended[0]).toMatchObject({ total: 60, kept: 60 });
    expect(mended[0]?.lostMessages).toBeGreaterThan(0);
    expect(asideFiles()).toHaveLength(1);
    expect(all()).toHaveLength(60);
    expect(mended).toHaveLength(1);
  });

  it('stores a question that was asked at that moment', () => {
    fill();
    breakPages(2, 40);
    const { conversationId } = conversations.ask(null, 'asked while the disk failed', null);
    expect(conversations.get(conversationId).messages[0]?.text).toBe('asked while the disk failed');
    end();
    begin();
    expect(conversations.get(conversationId).messages[0]?.text).toBe('asked while the disk failed');
    expect(asideFiles().length).toBeLessThanOrEqual(1);
  });

  it('is searched anew from what was saved, by an index of its own that was damaged too', async () => {
    fill();
    await index.catchUp();
    expect(await conversations.search('lighthouse', 100)).toHaveLength(60);
    const bytes = statSync(join(folder, 'beckon-search.db')).size;
    const file = openSync(join(folder, 'beckon-search.db'), 'r+');
    writeSync(file, Buffer.alloc(bytes - 4096), 0, bytes - 4096, 4096);
    database.mend();
    expect(await conversations.search('lighthouse', 100)).toHaveLength(60);
    await index.catchUp();
    expect(await conversations.search('lighthouse', 100)).toHaveLength(60);
    expect(mended).toHaveLength(1);
  });
});
