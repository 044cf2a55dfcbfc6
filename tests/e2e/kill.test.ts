import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import { migrations } from '../../core/database/migrations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { BeckonApp, readySettings, tinyModel, writeSettings } from '../support/beckon-app.ts';
import { KillRounds, victims } from '../support/kill-rounds.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { sleep, waitFor } from '../support/processes.ts';
import { seededRandom, testSeed } from '../support/random.ts';

/** One for each moment of an answer; `npm run soak` asks for 50. */
const rounds = 4;

describeOnDesktop('kill -9 in the middle of a conversation', { models: [tinyModel] }, ({ display }) => {
  const seed = testSeed();

  it.each(victims)(`of %s, ${rounds} times, loses nothing that was acknowledged`, async (victim) => {
    const killing = await KillRounds.start(display, seed);
    try {
      for (let index = 0; index < rounds; index += 1) await killing.round(victim, index);
      await killing.checkAll();
      expect(killing.lines.length).toBe(rounds);
    } finally {
      process.stdout.write(`${killing.lines.join('\n')}\n`);
      await killing.close();
    }
  });

  it('of core in the middle of a migration leaves the old data or the new, never half of each', async () => {
    const random = seededRandom(seed);
    const profile = mkdtempSync(join(tmpdir(), 'beckon-migration-'));
    writeSettings(profile, readySettings);
    writeOldDatabase(join(profile, 'beckon.db'));
    const migrationMs = timeMigration(profile);
    const app = await BeckonApp.launch({ display, profile });
    try {
      for (let index = 0; index < 3; index += 1) {
        const backups = () => readdirSync(profile).filter((name) => name.includes('.backup-v1-')).length;
        const before = backups();
        await waitFor('the backup before a migration', () => backups() > before, 20_000);
        // Some of it may have passed by the time the backup is seen.
        await sleep((migrationMs * random(60)) / 100);
        process.kill(app.corePid() ?? 0, 'SIGKILL');
      }
      await app.waitForCore(20_000);
      const { value } = await app.ask('conversation.get', { conversationId: 'c-old' });
      expect((value as Conversation).messages.length).toBe(oldMessages);
      const hits = await app.ask('conversation.search', { query: `number ${oldMessages - 1} `, limit: 5 });
      expect(hits.value).toMatchObject([{ conversationId: 'c-old' }]);
    } finally {
      await app.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });

  it('of the renderer keeps what was typed and not sent', async () => {
    const app = await BeckonApp.launch({ display, settings: { modelId: tinyModel } });
    try {
      await app.waitForCore();
      display.press('ctrl+shift+space');
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      display.type('half a question');
      await waitFor('it is in the box', async () => (await app.overlay.inputValue('.ask-input')) === 'half a question');
      process.kill(app.processIds('--type=renderer')[0] ?? 0, 'SIGKILL');
      await waitFor(
        'the page is back with its draft',
        async () => (await app.valueInOverlay('.ask-input').catch(() => '')) === 'half a question',
      );
    } finally {
      await app.close();
    }
  });
});

const oldMessages = 150_000;

/** How long bringing the database up to date takes on this machine, in milliseconds. */
function timeMigration(profile: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-migration-time-'));
  const copy = join(folder, 'beckon.db');
  copyFileSync(join(profile, 'beckon.db'), copy);
  let begun = 0;
  const timed = migrations.map((step) => ({
    ...step,
    up: (database: DatabaseSync) => {
      begun ||= performance.now();
      step.up(database);
    },
  }));
  openDatabase(copy, { migrations: timed }).database.close();
  rmSync(folder, { recursive: true, force: true });
  return performance.now() - begun;
}

/** A database as the first version wrote it, large enough that building the search index takes a while. */
function writeOldDatabase(path: string): void {
  const { database } = openDatabase(path, { migrations: migrations.slice(0, 1) });
  database.exec("INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c-old', 'Old', 1, 1); BEGIN");
  const insert = database.prepare(
    "INSERT INTO messages (id, conversation_id, position, role, text, state, created_at) VALUES (?, 'c-old', ?, ?, ?, 'complete', 1)",
  );
  for (let number = 0; number < oldMessages; number += 1) {
    const role = number % 2 === 0 ? 'user' : 'assistant';
    insert.run(`m-${number}`, number, role, `This is message number ${number} of an old chat, with some words in it.`);
  }
  database.exec('COMMIT');
  database.close();
}
