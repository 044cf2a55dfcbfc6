import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { SearchIndex } from '../../../core/conversations/search-index.ts';
import { careFor } from '../../../core/database/care.ts';
import { valuesOf } from '../../../core/database/damage-report.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

const names = ['beckon.db', 'beckon.db-wal', 'beckon.db-shm', 'beckon-search.db', 'beckon-search.db-wal'];

describe('a log that was lost beside a sound chat file', () => {
  let folder: string;

  /** As a death leaves it: ten chats in the file and in the copy, ten more in the log. */
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-lost-log-'));
    for (const name of ['live', 'left']) mkdirSync(join(folder, name));
    const path = join(folder, 'live', 'beckon.db');
    const { database } = openDatabase(path);
    const index = new SearchIndex(database, join(folder, 'live', 'beckon-search.db'));
    const conversations = new Conversations(database, () => {}, undefined, index);
    const ask = (count: number) => {
      for (let chat = 0; chat < count; chat += 1) {
        const { answerId } = conversations.ask(null, `Question ${chat}`, null);
        const detail = { thinking: '', error: null, receipt: null };
        conversations.updateAnswer(answerId, { ...detail, text: `Answer ${chat}`, state: 'complete' });
      }
    };
    ask(10);
    await index.catchUp();
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    careFor({ path, fullCheck: true, copyAfterMs: 0 });
    ask(10);
    await index.catchUp();
    for (const name of names)
      if (existsSync(join(folder, 'live', name))) copyFileSync(join(folder, 'live', name), join(folder, 'left', name));
    conversations.dispose();
    index.dispose();
    database.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function openWithout(gone: readonly string[], withCopy: boolean) {
    const place = join(folder, 'opened');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(join(place, 'backups'), { recursive: true });
    for (const name of names)
      if (!gone.includes(name) && existsSync(join(folder, 'left', name)))
        copyFileSync(join(folder, 'left', name), join(place, name));
    if (withCopy) copyFileSync(join(folder, 'live', 'backups', 'latest.db'), join(place, 'backups', 'latest.db'));
    const path = join(place, 'beckon.db');
    const opened = openDatabase(path);
    const chats = Number(opened.database.prepare('SELECT count(*) AS n FROM conversations').get()?.['n']);
    opened.database.close();
    return { ...opened, chats, path };
  }

  const log = 'beckon.db-wal';
  const index = ['beckon-search.db', 'beckon-search.db-wal'];

  it.each([
    ['what is left of its index tells', [log, ...index], false],
    ['what is left of its index tells, beside an older copy', [log, ...index], true],
    ['the search index tells', [log, 'beckon.db-shm'], false],
    ['the search index tells, beside an older copy', [log, 'beckon.db-shm'], true],
    ['both tell', [log], true],
  ])('is told, once, where %s', (_, gone, withCopy) => {
    const { damaged, chats, path } = openWithout(gone, withCopy);
    expect(chats).toBe(10);
    if (damaged === null) throw new Error('nothing was told');
    expect(damaged).toMatchObject({ was: 'log', certain: false, kept: 10 });
    // The search index knows how many are missing, and is asked only where it is there.
    const here = gone.includes('beckon-search.db') ? 'unsure' : 'unsureAndLost';
    expect(valuesOf(damaged)).toMatchObject({ context: 'kept', was: 'log', here });
    expect(damaged.lostMessages).toBe(here === 'unsure' ? 0 : 20);
    expect(readFileSync(damaged.asideFile)).toEqual(readFileSync(join(folder, 'left', 'beckon.db')));
    const again = openDatabase(path);
    expect(again.damaged).toBeNull();
    again.database.close();
  });

  it('is told beside damage of another kind, which was mended from a copy and called whole', () => {
    const { path } = openWithout([log, 'beckon.db-shm'], true);
    for (const name of ['beckon.db', 'beckon-search.db', 'beckon-search.db-wal'])
      if (existsSync(join(folder, 'left', name)))
        copyFileSync(join(folder, 'left', name), join(folder, 'opened', name));
    const bytes = readFileSync(path);
    bytes.fill(0, bytes.indexOf('Answer 5'), bytes.indexOf('Answer 5') + 8);
    writeFileSync(path, bytes);
    const { database, damaged } = openDatabase(path, { isDamaged: true });
    expect(damaged).toMatchObject({ certain: false });
    database.close();
  });

  it('is not told of a log that is there or was written back, nor beside the search index of another file', () => {
    expect(openWithout([], true)).toMatchObject({ damaged: null, chats: 20 });
    const { path } = openWithout(['beckon.db-shm'], false);
    const closed = openDatabase(path);
    closed.database.close();
    expect(openDatabase(path).damaged).toBeNull();
    // Another profile's chats, put in place by a person, have another name than the index knows.
    const place = join(folder, 'put-back');
    mkdirSync(place);
    const other = openDatabase(join(place, 'beckon.db'));
    const conversations = new Conversations(other.database, () => {});
    conversations.ask(null, 'Another', null);
    conversations.dispose();
    other.database.close();
    copyFileSync(join(folder, 'left', 'beckon-search.db'), join(place, 'beckon-search.db'));
    expect(openDatabase(join(place, 'beckon.db')).damaged).toBeNull();
  });

  // Six chats were gone, and the doctor said that all was well.
  it('is as a copy that came into its place: what the search index of its origin knows is told as missing, once', () => {
    const place = join(folder, 'copy-in-place');
    mkdirSync(place);
    const path = join(place, 'beckon.db');
    copyFileSync(join(folder, 'live', 'backups', 'latest.db'), path);
    for (const name of ['beckon-search.db', 'beckon-search.db-wal'])
      if (existsSync(join(folder, 'left', name))) copyFileSync(join(folder, 'left', name), join(place, name));
    const { database, damaged } = openDatabase(path);
    database.close();
    expect(damaged).toMatchObject({ was: 'older', certain: false, kept: 10, lostMessages: 20 });
    const again = openDatabase(path);
    expect(again.damaged).toBeNull();
    again.database.close();
  });

  it('is not told of messages that were deleted, indexed or not', async () => {
    const place = join(folder, 'deleted');
    mkdirSync(place);
    const path = join(place, 'beckon.db');
    const { database } = openDatabase(path);
    const searched = new SearchIndex(database, join(place, 'beckon-search.db'));
    const conversations = new Conversations(database, () => {}, undefined, searched);
    for (let chat = 0; chat < 5; chat += 1) conversations.ask(null, `Question ${chat}`, null);
    database.exec("UPDATE messages SET state = 'complete'");
    await searched.catchUp();
    database.exec('DELETE FROM conversations WHERE rowid > 2');
    conversations.dispose();
    database.close();
    const probe = openDatabase(path);
    expect(probe.damaged).toBeNull();
    probe.database.close();
  });
});
