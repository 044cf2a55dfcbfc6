import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { Conversations } from '../../core/conversations/conversations.ts';
import { careFor } from '../../core/database/care.ts';
import { contextOf, type DamageReport } from '../../core/database/damage-report.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { copyFiles, fileDamage, logDamage } from './damage.ts';
import { type Random, seededRandom } from './random.ts';

export const damageKinds = [...Object.keys(fileDamage), ...Object.keys(logDamage)];
export const chats = 60;
/** Asked after the copy was made: only the file itself has them. */
const newer = 6;
const noDetail = { thinking: '', error: null, receipt: null } as const;

export interface Round {
  readonly kind: string;
  readonly withCopy: boolean;
  /** Messages that plain queries, or the copy, could give; and that are here after. */
  readonly readable: number;
  readonly chatsKept: number;
  readonly messagesKept: number;
  readonly report: DamageReport | null;
}

type Texts = ReadonlyMap<string, string>;

/** Sixty chats that are damaged in one way after another, each time from the same sound file. */
export class DamageRounds implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'beckon-damage-'));
  readonly #closed = join(this.folder, 'closed');
  readonly #leftOpen = join(this.folder, 'left-open');
  readonly #foreign = join(this.folder, 'foreign');
  readonly truth: Texts;

  constructor(random: Random) {
    for (const place of [this.#closed, this.#leftOpen, this.#foreign]) mkdirSync(place);
    const live = join(this.#closed, 'beckon.db');
    const { database } = openDatabase(live);
    const conversations = new Conversations(database, () => {});
    fill(conversations, chats - newer, random);
    // A chat that was deleted must not come back, whatever is read over.
    const { conversationId } = conversations.ask(null, 'deleted', null);
    database.prepare('DELETE FROM conversations WHERE id = ?').run(conversationId);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    careFor({ path: live, fullCheck: true, copyAfterMs: 0 });
    fill(conversations, newer, random);
    copyFiles(live, join(this.#leftOpen, 'beckon.db'));
    conversations.dispose();
    this.truth = new Map(
      database
        .prepare('SELECT id, text FROM messages')
        .all()
        .map((row) => [String(row['id']), String(row['text'])]),
    );
    database.close();
    cpSync(join(this.#closed, 'backups'), join(this.#leftOpen, 'backups'), { recursive: true });
    const other = openDatabase(join(this.#foreign, 'beckon.db'));
    const others = new Conversations(other.database, () => {});
    fill(others, 20, random);
    copyFiles(join(this.#foreign, 'beckon.db'), join(this.#foreign, 'copied.db'));
    others.dispose();
    other.database.close();
  }

  /** Damages the chats in one way and opens them twice. Throws when something that could be read is not here. */
  round(kind: string, seed: number, withCopy: boolean): Round {
    const work = join(this.folder, 'work');
    rmSync(work, { recursive: true, force: true });
    cpSync(kind in fileDamage ? this.#closed : this.#leftOpen, work, { recursive: true });
    if (!withCopy) rmSync(join(work, 'backups'), { recursive: true });
    const path = join(work, 'beckon.db');
    const place = { path, random: seededRandom(seed), foreignLog: join(this.#foreign, 'copied.db-wal') };
    (fileDamage[kind] ?? logDamage[kind])?.(place);
    const readable = readablePlainly(work);
    if (withCopy) for (const [id, text] of textsOf(join(work, 'backups', 'latest.db'))) readable.set(id, text);
    let first = openDatabase(path);
    // What a look at the start does not find, the check in the background does.
    if (first.damaged === null && careFor({ path, fullCheck: true, copyAfterMs: 1e12 }).status === 'damaged') {
      first.database.close();
      first = openDatabase(path, { isDamaged: true });
    }
    const kept = textsIn(first.database);
    checkUse(first.database);
    first.database.close();
    const second = openDatabase(path);
    expect(second.damaged, `${kind}, seed ${seed}: damaged again at the second opening`).toBeNull();
    expect([...textsIn(second.database).keys()].length).toBeGreaterThanOrEqual(kept.size);
    // A title without a message is no chat that is here.
    const withMessages = 'SELECT count(DISTINCT conversation_id) AS n FROM messages';
    const chatsKept = Number(second.database.prepare(withMessages).get()?.['n']) - 1;
    second.database.close();
    const texts = new Set(kept.values());
    // A message whose id was damaged is here all the same.
    const isHere = (text: string) => text !== '' && texts.has(text);
    const lost = [...readable]
      .filter(([id, text]) => kept.get(id) !== text && this.truth.get(id) === text && !isHere(text))
      .map(([id, text]) => `${id}: ${text.length} characters, now ${kept.get(id)?.length ?? 'none'}`);
    expect(lost, `${kind}, seed ${seed}: could be read, and is not here`).toEqual([]);
    expect([...kept.values()].filter((text) => text === 'deleted')).toEqual([]);
    expect(statSync(path).mode & 0o077).toBe(0);
    if (first.damaged !== null) this.#checkReport(first.damaged, kept, chatsKept, `${kind}, seed ${seed}`);
    const messagesKept = [...this.truth].filter(([id, text]) => kept.get(id) === text).length;
    return { kind, withCopy, readable: readable.size, chatsKept, messagesKept, report: first.damaged };
  }

  /** What is said must be true: nothing is called whole that lacks something, and no number is too good. */
  #checkReport(report: DamageReport, kept: Texts, chatsKept: number, name: string): void {
    const texts = new Set(kept.values());
    const missing = [...this.truth].filter(([id, text]) => !kept.has(id) && !(text !== '' && texts.has(text))).length;
    expect(report.kept, name).toBe(chatsKept);
    if (missing > 0) expect(contextOf(report), `${name}: ${missing} missing`).not.toMatch(/^(whole|copy)$/);
    if (report.certain) expect(report.lostMessages, name).toBeGreaterThanOrEqual(missing);
    // A number of what is missing that is too small must not stand alone.
    else if (missing > report.lostMessages) expect(contextOf(report), name).toMatch(/nsure|gone|nothing/);
    if (missing === 0 && kept.size === this.truth.size) expect(report.kept, name).toBe(report.total);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function fill(conversations: Conversations, count: number, random: Random): void {
  for (let chat = 0; chat < count; chat += 1) {
    const tag = `${chat} of ${random(1_000_000)}`;
    const { conversationId, answerId } = conversations.ask(null, `Question ${tag}: 潮水什么时候转向？`, null);
    const text = `Answer ${tag}. ${'The tide turns at noon. 潮水正午转向。'.repeat(1 + random(40))}`;
    // Some answers are longer than a page.
    const whole = random(6) === 0 ? text.repeat(12) : text;
    conversations.updateAnswer(answerId, { ...noDetail, text: whole, state: 'complete' });
    if (random(3) === 0) conversations.ask(conversationId, `And then, ${tag}?`, null);
  }
}

function textsIn(database: DatabaseSync): Map<string, string> {
  return new Map(
    database
      .prepare('SELECT id, text FROM messages')
      .all()
      .map((row) => [String(row['id']), String(row['text'])]),
  );
}

function textsOf(path: string): Map<string, string> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return textsIn(database);
  } finally {
    database.close();
  }
}

/** What a person with SQLite's own tool gets out of the file: all rows up to the first that fails, from both ends. */
function readablePlainly(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const scratch = mkdtempSync(join(tmpdir(), 'beckon-scratch-'));
  cpSync(folder, scratch, { recursive: true });
  try {
    const database = new DatabaseSync(join(scratch, 'beckon.db'));
    try {
      for (const order of ['ASC', 'DESC']) {
        try {
          for (const row of database.prepare(`SELECT id, text FROM messages ORDER BY number ${order}`).iterate())
            found.set(String(row['id']), String(row['text']));
        } catch {
          // Up to here.
        }
      }
    } finally {
      database.close();
    }
  } catch {
    // It cannot be opened.
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return found;
}

/** What was mended works: something can be asked, found and listed. */
function checkUse(database: DatabaseSync): void {
  const conversations = new Conversations(database, () => {});
  conversations.ask(null, 'asked after it was mended', null);
  for (const { id } of conversations.list('', 500)) conversations.get(id);
  conversations.dispose();
}

/** One line a kind, for the person who reads the soak's output. */
export function tableOf(rounds: readonly Round[]): string {
  const kinds = [...new Set(rounds.map(({ kind }) => kind))];
  const cell = (of: readonly Round[]) =>
    of
      .map(
        ({ chatsKept, messagesKept, report }) =>
          `${chatsKept}/${chats} (${messagesKept}) ${report === null ? '-' : contextOf(report)}`,
      )
      .join(', ');
  return kinds
    .map((kind) => {
      const of = rounds.filter((round) => round.kind === kind);
      const [copy, none] = [of.filter(({ withCopy }) => withCopy), of.filter(({ withCopy }) => !withCopy)];
      return `${kind.padEnd(42)} with a copy: ${cell(copy)}; without: ${cell(none)}`;
    })
    .join('\n');
}
