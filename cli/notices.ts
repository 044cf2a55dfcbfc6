import type { ErrorCode } from '../contract/errors.ts';
import type { CoreNotice } from '../contract/routes/notices.ts';
import type { CommandInput } from './run-cli.ts';

const ofChats = /^(database|disk)\//;
const ofBudget = /^budget\//;
const ofSettings = /^settings\//;

/**
 * Says beside what was asked what a person should know of their chats, also where a program reads it: lost chats are never kept
 * quiet. What was told on a terminal has been seen, and what happened once is not told again after that.
 */
export async function sayNotices(
  input: Pick<CommandInput, 'session' | 'terminal' | 'words'>,
  asks: boolean,
): Promise<void> {
  const { session, terminal, words } = input;
  for (const { id, code, values } of await noticesOf(session, ofChats)) {
    // A question that cannot be stored is refused for the same reason, in a sentence of its own.
    if (code === 'database/read-only' && asks) continue;
    terminal.note(words.error({ code: code as ErrorCode, message: '', values }));
    if (terminal.isWatched) await session.client.call('notice.seen', { id });
  }
}

/** Where the sentences were told in another way. */
export async function noticesSeen(session: CommandInput['session']): Promise<void> {
  for (const { id } of await noticesOf(session, ofChats)) await session.client.call('notice.seen', { id });
}

/** Says beside a list of models which servers of the settings file it lacks. */
export async function sayUnreadServers(input: Pick<CommandInput, 'session' | 'terminal' | 'words'>): Promise<void> {
  const { session, terminal, words } = input;
  for (const { code, values } of await noticesOf(session, ofSettings))
    terminal.note(words.error({ code: code as ErrorCode, message: '', values }));
}

/** Says beside an answer that a limit is nearly used up, or that the model on this machine answered since it was. */
export async function sayBudget(input: Pick<CommandInput, 'session' | 'terminal' | 'words'>): Promise<void> {
  const { session, terminal, words } = input;
  for (const { id, code, values } of await noticesOf(session, ofBudget)) {
    terminal.note(words.error({ code: code as ErrorCode, message: '', values }));
    await session.client.call('notice.seen', { id });
  }
}

async function noticesOf(session: CommandInput['session'], domain: RegExp): Promise<readonly CoreNotice[]> {
  const notices = await session.keep(() => session.client.call('notice.list', {}));
  return notices.filter(({ code }) => domain.test(code));
}
