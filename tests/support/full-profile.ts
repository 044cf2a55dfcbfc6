import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations, newestVersion } from '../../core/database/migrations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { Receipts } from '../../core/receipts/receipts.ts';
import { figures, pirate } from './shared-atoms.ts';

const silent = { write: () => {} };

/** A profile as somebody left it who has used Beckon at a version of its database: chats, receipts, actions, settings, keys. */
export function fillProfile(profile: string, version = newestVersion, said = 'kept', messages = 40): void {
  mkdirSync(join(profile, 'atoms', 'removed'), { recursive: true, mode: 0o700 });
  mkdirSync(join(profile, 'atom-versions', 'figures.json'), { recursive: true, mode: 0o700 });
  const files: Readonly<Record<string, unknown>> = {
    'settings.json': { theme: 'dark', language: 'zh-CN' },
    'rules.json': { said },
    'prices.json': { said },
    'applications.json': { said },
    'proofs.json': { said },
    'grants.json': { said },
    'atoms/figures.json': figures,
    'atoms/pirate.json': { ...pirate, hint: { en: said, 'zh-CN': said } },
    'atoms/removed/old.2026.json': figures,
    'atom-versions/figures.json/1750000000000.json': figures,
    'keys.json': { server: 'secret-key-of-a-server' },
    'author.json': { privateKey: 'secret-key-of-the-author' },
  };
  for (const [name, value] of Object.entries(files)) writeFileSync(join(profile, name), JSON.stringify(value));
  writeChats(join(profile, 'beckon.db'), version, said, messages);
}

function writeChats(path: string, version: number, said: string, messages: number): void {
  const { database } = openDatabase(path, { migrations: migrations.slice(0, version) });
  database.exec("INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c-1', 'Old', 1, 1); BEGIN");
  const insert = database.prepare(
    "INSERT INTO messages (id, conversation_id, position, role, text, state, created_at) VALUES (?, 'c-1', ?, ?, ?, 'complete', 1)",
  );
  for (let number = 0; number < messages; number += 1)
    insert.run(
      `m-${number}`,
      number,
      number % 2 === 0 ? 'user' : 'assistant',
      `${said} ${number} 你好 ${'x'.repeat(300)}`,
    );
  if (version >= 3) database.exec("INSERT INTO model_speed VALUES ('m', 12.5, 1)");
  if (version >= 4)
    database.exec(
      "INSERT INTO attachments (message_id, position, kind, text) VALUES ('m-0', 0, 'selection', 'what was selected'); INSERT INTO action_use VALUES ('figures', 7)",
    );
  if (version >= 7 && version < 10)
    database.exec(
      "INSERT INTO receipts (id, message_id, purpose, state, host, model_id, model_name, began_at) VALUES ('e-1', 'm-1', 'answer', 'arrived', 'a.example', 'm', 'M', 5)",
    );
  database.exec('COMMIT');
  if (version >= 10) addReceipts(database);
  database.close();
}

function addReceipts(database: DatabaseSync): void {
  const entry = {
    modelId: 'm',
    modelName: 'M',
    promptTokens: 1,
    cachedTokens: 0,
    outputTokens: 2,
    ms: 3,
  };
  const call = { entry, endedAt: 1_750_000_000_000, words: () => 4 };
  for (const id of ['m-1', 'm-3']) new Receipts(database, silent).addLocal(id, [call]);
}

/** Every row of every table, and every file that a backup has, by name: what has to be the same afterwards. */
export function contentsOf(profile: string): Readonly<Record<string, string>> {
  const files = namesIn(profile, '').filter((name) =>
    /^(?:(?:settings|rules|prices|applications|proofs)\.json|atoms\/.*|atom-versions\/.*)$/.test(name),
  );
  return {
    ...Object.fromEntries(files.map((name) => [name, digest(readFileSync(join(profile, name)))])),
    ...rowsOf(join(profile, 'beckon.db')),
  };
}

/** A digest of each table, in the form of the newest version. */
export function rowsOf(path: string): Readonly<Record<string, string>> {
  if (!existsSync(path)) return {};
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    return Object.fromEntries(
      tables.map(({ name }) => {
        const rows = database.prepare(`SELECT * FROM "${String(name)}"`).all();
        return [`table ${String(name)}`, `${rows.length} ${digest(Buffer.from(JSON.stringify(rows)))}`];
      }),
    );
  } finally {
    database.close();
  }
}

/** What the log of receipts says of itself. */
export function verifyReceipts(profile: string) {
  const database = new DatabaseSync(join(profile, 'beckon.db'));
  try {
    return new Receipts(database, silent).verify();
  } finally {
    database.close();
  }
}

export function namesIn(folder: string, inner: string): readonly string[] {
  return readdirSync(join(folder, inner))
    .sort()
    .flatMap((name) => {
      const path = inner === '' ? name : `${inner}/${name}`;
      return statSync(join(folder, path)).isDirectory() ? namesIn(folder, path) : [path];
    });
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
