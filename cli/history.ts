import { type ChatLine, chatLines, numberedChats } from './chats.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandInput } from './run-cli.ts';

const most = 50;

interface Found extends ChatLine {
  readonly id: string;
}

/** `beckon history`: chats by time, or the places where words were found, each with the number that `--continue` takes. */
export async function history(input: CommandInput): Promise<number> {
  const { terminal, words, args, json } = input;
  const query = args.join(' ');
  const found = await findChats(input, query);
  const items = found.slice(0, most);
  if (json) terminal.json(items.map(({ id, at, text, number }) => ({ id, at, text, number })));
  else if (items.length === 0) terminal.line(words.say(query === '' ? 'noHistory' : 'noHits'));
  else for (const line of chatLines(items, words, terminal.columns)) terminal.line(line);
  if (found.length > most) terminal.note(words.say(query === '' ? 'moreHistory' : 'moreHits', { most }));
  return exitCodes.done;
}

/** One more than is shown, where there are more. */
export async function findChats(input: Pick<CommandInput, 'session'>, query: string): Promise<readonly Found[]> {
  const chats = await numberedChats(input);
  if (query === '')
    return chats
      .slice(0, most + 1)
      .map(({ id, title, updatedAt }, index) => ({ id, at: updatedAt, text: title, number: index + 1 }));
  const numbers = new Map(chats.map(({ id }, index) => [id, index + 1]));
  const hits = await input.session.keep(() =>
    input.session.client.call('conversation.search', { query, limit: most + 1 }),
  );
  return hits.map(({ conversationId, snippet, createdAt }) => ({
    id: conversationId,
    at: createdAt,
    text: snippet,
    number: numbers.get(conversationId) ?? null,
  }));
}
