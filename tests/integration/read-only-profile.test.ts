import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversations } from '../../core/conversations/conversations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import {
  checkout,
  nodeExecutable,
  readySettings,
  requireModel,
  testModels,
  tinyModel,
  writeSettings,
} from '../support/beckon-app.ts';

const places = {
  'a full disk': "dd if=/dev/zero of='$disk/filler' bs=1k 2>/dev/null",
  'a disk that may only be read': "mount -o remount,ro none '$disk'",
} as const;

/** The database was closed, or its core died with chats that stand in the log alone. */
const states = ['closed', 'left open'] as const;

describe('chats on', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-read-only-'));
    requireModel(tinyModel);
    for (const state of [...states, 'damaged'])
      writeSettings(join(folder, state), {
        ...readySettings,
        language: 'system',
        modelId: tinyModel,
        lingerSeconds: 0,
      });
    const path = join(folder, 'closed', 'beckon.db');
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    conversations.ask(null, 'Where is the lighthouse?', null);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    conversations.ask(null, '灯塔在哪里？', null);
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(folder, 'left open', `beckon.db${suffix}`));
    // What is in the log would stand in for what is broken.
    const bytes = readFileSync(path);
    bytes.fill(0, 100, 4096);
    writeFileSync(join(folder, 'damaged', 'beckon.db'), bytes);
    conversations.dispose();
    database.close();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** In a mount namespace of its own, so that nothing has to be unmounted whatever happens. */
  function run(place: keyof typeof places, state: string, language: string, commands: string) {
    const disk = join(folder, 'disk');
    mkdirSync(disk, { recursive: true });
    const script = `
      mount -t tmpfs -o size=2m,mode=700 none '${disk}' && cp '${join(folder, state)}'/* '${disk}/' &&
      ${places[place].replace('$disk', disk)}
      export BECKON_PROFILE='${disk}'
      beckon() { '${nodeExecutable}' '${join(checkout, 'cli', 'index.ts')}' "$@" </dev/null; }
      ${commands}`;
    const env = { ...process.env, BECKON_MODELS: testModels, LANG: language, DISPLAY: undefined };
    return spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script], {
      env,
      encoding: 'utf8',
    });
  }

  describe.each(Object.keys(places) as (keyof typeof places)[])('%s', (place) => {
    it.each(states)('are listed and found, and it is said that nothing new is stored: %s', (state) => {
      const answer = run(place, state, 'C.UTF-8', 'beckon history && beckon history 灯塔');
      expect(answer).toMatchObject({
        status: 0,
        stderr: expect.stringMatching(/can be read, but nothing new is stored/),
      });
      expect(answer.stdout.match(/Where is the lighthouse\?/g)).toHaveLength(1);
      expect(answer.stdout.match(/灯塔在哪里？/g)).toHaveLength(2);
    });

    // A damaged file was handed out as it was; on a full disk that it is damaged was not said.
    it('are listed where the file is damaged, and that it is damaged is said, by the doctor too', () => {
      const answer = run(place, 'damaged', 'C.UTF-8', 'beckon history; echo "ended $?"; beckon doctor');
      expect(answer.stdout).toContain('ended 0');
      expect(answer.stdout).toContain('Where is the lighthouse?');
      expect(answer.stderr).toContain('The chat file was damaged.');
      expect(answer.stderr).toContain('nothing new is stored');
      expect(answer.stdout).toContain('The chat file was damaged.');
      expect(answer.stdout).toContain('nothing new is stored');
    });

    it('take no question of several that are asked at once: the sentence came twice, and after the others had ended', () => {
      const commands = 'for n in 1 2 3 4; do beckon ask "question $n" & done; wait';
      const { stderr } = run(place, 'closed', 'C.UTF-8', commands);
      const lines = stderr.trim().split('\n');
      expect(lines).toHaveLength(4);
      const why = place === 'a full disk' ? 'the disk is full. Free' : 'may only be read. Choose another folder';
      for (const line of lines) {
        expect(line).toMatch(/^The question was not asked:/);
        expect(line).toContain(why);
      }
    });

    it('take no question, which is said in the language of the person', () => {
      const answer = run(place, 'closed', 'zh_CN.UTF-8', 'beckon ask hello; echo "ended $?"; beckon history');
      expect(answer.stdout).toMatch(/ended [1-9]/);
      expect(answer.stdout).toContain('灯塔在哪里？');
      expect(answer.stderr).toContain('问题没有提出');
      expect(answer.stderr).toContain('新内容不会保存');
    });
  });
});
