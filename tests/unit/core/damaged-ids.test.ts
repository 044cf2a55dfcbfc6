import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { careFor } from '../../../core/database/care.ts';
import type { DamageReport } from '../../../core/database/damage-report.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

const nowhere = { targetId: null, editable: false, needsFocus: false } as const;
const count = 6;
const attachment = {
  kind: 'selection',
  text: 'the tide table',
  application: null,
  title: null,
  positions: null,
  ...nowhere,
} as const;

describe('one bit that turned in an id', () => {
  let folder: string;
  let sound: Buffer;
  let chat: string;
  let question: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-ids-'));
    const path = join(folder, 'sound', 'beckon.db');
    mkdirSync(join(folder, 'sound'));
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    for (let index = 0; index < count; index += 1) {
      const extras = { attachments: [attachment], action: null };
      const asked = conversations.ask(null, `question ${index}`, null, extras);
      conversations.rename(asked.conversationId, `Named ${index}`);
      if (index === 3) [chat, question] = [asked.conversationId, asked.questionId];
    }
    conversations.dispose();
    database.exec("UPDATE messages SET state = 'complete', text = 'answer' WHERE role = 'assistant'");
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    careFor({ path, fullCheck: true, copyAfterMs: 0 });
    database.close();
    sound = readFileSync(path);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function placesOf(id: string): readonly number[] {
    const places: number[] = [];
    for (let at = sound.indexOf(id); at >= 0; at = sound.indexOf(id, at + 1)) places.push(at);
    return places;
  }

  /** The chats as they are read after, one line each. */
  function mended(flips: readonly (readonly [at: number, bit: number])[], withCopy: boolean) {
    const place = join(folder, 'damaged');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
    const bytes = Buffer.from(sound);
    for (const [at, bit] of flips) bytes[at] = (bytes[at] ?? 0) ^ bit;
    const path = join(place, 'beckon.db');
    writeFileSync(path, bytes);
    if (withCopy) {
      mkdirSync(join(place, 'backups'));
      writeFileSync(join(place, 'backups', 'latest.db'), readFileSync(join(folder, 'sound', 'backups', 'latest.db')));
    }
    const { database, damaged } = openDatabase(path, { isDamaged: true });
    const conversations = new Conversations(database, () => {});
    const lines = conversations
      .list('', 100)
      .map(({ id, title }) => ({ title, messages: conversations.get(id).messages }))
      .map(
        ({ title, messages }) =>
          `${title}: ${messages.map(({ text, attachments }) => `${text} +${attachments.length}`).join(', ')}`,
      );
    conversations.dispose();
    database.close();
    return { lines: lines.sort(), damaged: damaged as DamageReport };
  }

  const whole = Array.from({ length: count }, (_, index) => `Named ${index}: question ${index} +1, answer +0`).sort();

  it.each([
    ['a chat, with a copy', () => placesOf(chat), true],
    ['a chat, without one', () => placesOf(chat), false],
    ['a question, with a copy', () => placesOf(question), true],
    ['a question, without one', () => placesOf(question), false],
  ] as const)('of %s makes no chat that never was, and takes nothing from one', (_, places, withCopy) => {
    expect(places().length).toBeGreaterThan(2);
    for (const at of places()) {
      for (const [offset, bit] of [
        [0, 1],
        [20, 0x80],
        [35, 4],
      ] as const) {
        const { lines, damaged } = mended([[at + offset, bit]], withCopy);
        expect({ at, offset, lines }).toEqual({ at, offset, lines: whole });
        expect({ at, offset, ...damaged }).toMatchObject({ at, offset, total: count, kept: count, lostMessages: 0 });
      }
    }
  });

  it('and one in its text, too, are both made good from the copy: the text stayed as it was damaged', () => {
    const text = sound.indexOf('question 3', sound.indexOf(question));
    for (const at of placesOf(question)) {
      const { lines, damaged } = mended(
        [
          [at + 5, 1],
          [text + 2, 1],
        ],
        true,
      );
      expect({ at, lines }).toEqual({ at, lines: whole });
      expect(damaged).toMatchObject({ total: count, kept: count, lostMessages: 0 });
    }
  });
});
