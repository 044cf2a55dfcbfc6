import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Conversations } from '../../core/conversations/conversations.ts';
import { SearchIndex } from '../../core/conversations/search-index.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { checkout, nodeExecutable } from '../../tests/support/beckon-app.ts';
import { goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { storeChats } from '../subjects/stored-chats.ts';
import type { Area } from './area.ts';

const few = 60;
const many = 5000;
const searched = ['灯塔', '天气', '海水', '星光', '渔民'];
const limit = 60;

/**
 * R1: what a start costs with thousands of chats, against a few: opening and the first list, and the whole command. R2: a
 * search for two Chinese characters, in time of the thread that also answers questions, against reading every message.
 */
export const measureChats: Area = async ({ runs, say }) => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-bench-chats-'));
  try {
    const [fewChats, manyChats] = [join(folder, 'few'), join(folder, 'many')];
    for (const [profile, count] of [
      [fewChats, few],
      [manyChats, many],
    ] as const) {
      mkdirSync(profile, { mode: 0o700 });
      await storeChats(profile, count);
      say(`chats: ${count} stored`);
    }
    return [...measureStarts(fewChats, manyChats, runs), await measureSearch(manyChats, runs)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function measureStarts(fewChats: string, manyChats: string, runs: number): Measured[] {
  const open = { values: [] as number[], floors: [] as number[] };
  const history = { values: [] as number[], floors: [] as number[] };
  // The first of each makes a copy of the chats and fills the cache of the disk.
  for (let round = -1; round < runs; round += 1) {
    const floors = [openOnce(fewChats), historyOnce(fewChats)] as const;
    const values = [openOnce(manyChats), historyOnce(manyChats)] as const;
    if (round < 0) continue;
    open.floors.push(floors[0]);
    open.values.push(values[0]);
    history.floors.push(floors[1]);
    history.values.push(values[1]);
  }
  const subject = `Node ${process.versions.node}, ${many} chats`;
  return [judge(goals.startWithChats, { ...open, subject }), judge(goals.historyWithChats, { ...history, subject })];
}

function openOnce(profile: string): number {
  return Number(run([join(checkout, 'bench', 'subjects', 'open-chats.ts'), profile], profile));
}

function historyOnce(profile: string): number {
  const begun = performance.now();
  run([join(checkout, 'out', 'node', 'cli.mjs'), 'history'], profile);
  return performance.now() - begun;
}

function run(args: readonly string[], profile: string): string {
  const env = { ...process.env, BECKON_PROFILE: profile };
  const { status, stdout, stderr } = spawnSync(nodeExecutable, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout;
}

async function measureSearch(profile: string, runs: number): Promise<Measured> {
  const { database } = openDatabase(join(profile, 'beckon.db'));
  const index = new SearchIndex(database, join(profile, 'beckon-search.db'));
  const conversations = new Conversations(database, () => {}, undefined, index);
  const scan = database.prepare('SELECT number FROM messages WHERE text LIKE ?');
  const [values, floors]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < runs; round += 1) {
      const word = searched[round % searched.length] ?? '';
      const before = process.threadCpuUsage();
      await conversations.search(word, limit);
      const used = process.threadCpuUsage(before);
      values.push((used.user + used.system) / 1000);
      const scanned = process.threadCpuUsage();
      scan.all(`%${word}%`);
      const read = process.threadCpuUsage(scanned);
      floors.push((read.user + read.system) / 1000);
    }
  } finally {
    conversations.dispose();
    index.dispose();
    database.close();
  }
  return judge(goals.searchTwoCharacters, { values, floors, subject: `${many} chats, 30,000 messages` });
}
