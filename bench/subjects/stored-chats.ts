import { join } from 'node:path';
import { Conversations } from '../../core/conversations/conversations.ts';
import { SearchIndex } from '../../core/conversations/search-index.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { type Random, seededRandom } from '../../tests/support/random.ts';

/** Half of the chats are Chinese, as half of those who use Beckon write it. */
const english =
  'the keeper climbed stairs of lighthouse again and looked out over grey water while wind changed slowly round to north east'.split(
    ' ',
  );
const chinese = [
  ...'灯塔的看守人又一次爬上楼梯望着灰色海水天气很冷风从北方吹来船只慢靠近港口渔民收网回家准备晚饭孩子们在沙滩奔跑欢笑远处传钟声夜幕降临星光闪烁',
];
const messagesPerChat = 6;

/** Writes chats as months of use leave them, each with three questions and answers, into a profile; closes the files. */
export async function storeChats(profile: string, count: number): Promise<void> {
  const { database } = openDatabase(join(profile, 'beckon.db'));
  const random = seededRandom(count);
  const conversation = database.prepare(
    'INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)',
  );
  const message = database.prepare(
    "INSERT INTO messages (id, conversation_id, position, role, text, state, created_at) VALUES (?, ?, ?, ?, ?, 'complete', ?)",
  );
  database.exec('BEGIN');
  for (let chat = 1; chat <= count; chat += 1) {
    const text = (length: number) => (chat % 2 === 0 ? characters(random, length * 2) : words(random, length));
    conversation.run(`c-${chat}`, text(8), chat, chat);
    for (let position = 1; position <= messagesPerChat; position += 1) {
      const [role, length] = position % 2 === 1 ? ['user', 25] : ['assistant', 220];
      message.run(`m-${chat}-${position}`, `c-${chat}`, position, role as string, text(Number(length)), chat);
    }
  }
  database.exec('COMMIT');
  const index = new SearchIndex(database, join(profile, 'beckon-search.db'));
  await index.catchUp();
  new Conversations(database, () => {}, undefined, index).dispose();
  index.dispose();
  database.close();
}

function words(random: Random, length: number): string {
  return Array.from({ length }, () => english[random(english.length)]).join(' ');
}

function characters(random: Random, length: number): string {
  return Array.from({ length }, () => `${chinese[random(chinese.length)]}${random(12) === 0 ? '，' : ''}`).join('');
}
