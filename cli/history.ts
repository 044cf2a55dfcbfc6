import { showHiddenInLine } from '../locales/show-hidden.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandInput } from './run-cli.ts';

const most = 50;

/** `beckon history`: chats by time, or the places where words were found. */
export async function history({ session, terminal, words, args, json }: CommandInput): Promise<number> {
  const query = args.join(' ');
  const limit = most + 1;
  const found =
    query === ''
      ? (await session.client.call('conversation.list', { query: '', limit })).map(({ id, title, updatedAt }) => ({
          id,
          at: updatedAt,
          text: title,
        }))
      : (await session.client.call('conversation.search', { query, limit })).map(
          ({ conversationId, snippet, createdAt }) => ({
            id: conversationId,
            at: createdAt,
            text: snippet,
          }),
        );
  const items = found.slice(0, most);
  if (json) terminal.json(items);
  else if (items.length === 0) terminal.line(words.say(query === '' ? 'noHistory' : 'noHits'));
  else {
    const format = new Intl.DateTimeFormat(words.language, { dateStyle: 'short', timeStyle: 'short' });
    for (const { at, text } of items) terminal.line(`${format.format(at)}  ${showHiddenInLine(text)}`);
  }
  if (found.length > most) terminal.note(words.say(query === '' ? 'moreHistory' : 'moreHits', { most }));
  return exitCodes.done;
}
