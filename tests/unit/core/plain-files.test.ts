import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWords } from '../../../cli/words.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { SearchIndex } from '../../../core/conversations/search-index.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { readPlainText, setAsideOddFiles } from '../../../core/plain-files.ts';
import { openFolders } from '../../../core/profile/folders.ts';
import { mayStartCore, ownProfile } from '../../../core/profile/owner.ts';
import { createCliHost } from '../../../core/settings/cli-host.ts';

const pipe = (path: string) => expect(spawnSync('mkfifo', [path]).status).toBe(0);

describe('what is no file in a profile', () => {
  let profile: string;

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-plain-'));
    for (const name of ['logs', 'backups', 'atoms']) mkdirSync(join(profile, name));
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));

  it('is moved away when the profile is opened, wherever a file is opened by name: a pipe was waited for without end', () => {
    const names = [
      'settings.json',
      'core.token',
      'core.lock',
      'start.lock-journal',
      'beckon.db-journal',
      'beckon-search.db',
    ];
    const deeper = ['logs/core.log', 'backups/latest.db', 'atoms/mine.md'];
    for (const name of [...names, ...deeper]) pipe(join(profile, name));
    symlinkSync('/dev/zero', join(profile, 'piped-thing'));
    openFolders({ BECKON_PROFILE: profile });
    const there = ['.', 'logs', 'backups', 'atoms'].flatMap((folder) => readdirSync(join(profile, folder)));
    expect(there.filter((name) => !name.includes('-aside-')).sort()).toEqual(['atoms', 'backups', 'logs']);
    const before = there.length;
    setAsideOddFiles(profile);
    const after = ['.', 'logs', 'backups', 'atoms'].flatMap((folder) => readdirSync(join(profile, folder)));
    expect(after).toHaveLength(before);
  });

  it('is not waited for where a command reads its language, before the profile is opened', () => {
    const path = join(profile, 'settings.json');
    pipe(path);
    // Whoever waits for the pipe is given something after a while, so that this ends either way.
    const writer = spawn('timeout', ['20', 'sh', '-c', `sleep 1; echo '{"version":1,"language":"zh-CN"}' > '${path}'`]);
    try {
      const env = { BECKON_PROFILE: profile, LANG: 'en_US.UTF-8' };
      expect(createCliWords(env).language).toBe('en');
      expect(createCliHost(profile, env).settings().language).toBe('system');
    } finally {
      writer.kill();
    }
    rmSync(path);
    symlinkSync('/dev/zero', path);
    expect(() => readPlainText(path)).toThrow('not a file');
    rmSync(path);
    writeFileSync(path, '你好');
    expect(readPlainText(path)).toBe('你好');
  });

  it('is left where it is a link to a file, or a folder of Beckon’s: people keep settings elsewhere', () => {
    writeFileSync(join(profile, 'elsewhere.json'), '{}');
    symlinkSync('elsewhere.json', join(profile, 'settings.json'));
    symlinkSync('elsewhere.json', join(profile, 'beckon.db'));
    const before = readdirSync(profile);
    setAsideOddFiles(profile);
    expect(readdirSync(profile)).toEqual(before);
  });

  it('keeps nobody from owning the profile', () => {
    for (const [name, own] of [
      ['core.lock', ownProfile],
      ['start.lock', mayStartCore],
    ] as const)
      for (const suffix of ['', '-journal', '-wal']) {
        rmSync(join(profile, name), { force: true });
        pipe(join(profile, name + suffix));
        const owner = own(profile);
        expect({ name, suffix, mayWrite: owner?.mayWrite }).toEqual({ name, suffix, mayWrite: true });
        owner?.dispose();
      }
  });

  it.each(['', '-wal', '-journal', '-shm'])('is not waited for by the search index: %s', async (suffix) => {
    const { database } = openDatabase(join(profile, 'beckon.db'));
    const path = join(profile, 'beckon-search.db');
    pipe(path + suffix);
    const index = new SearchIndex(database, path);
    const conversations = new Conversations(database, () => {}, undefined, index);
    conversations.ask(null, 'lighthouse', null);
    await index.catchUp();
    expect(index.find(['lighthouse'], 1000, 10)).toHaveLength(1);
    conversations.dispose();
    index.dispose();
    database.close();
  });
});
