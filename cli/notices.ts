import type { CoreNotice } from '../contract/core.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { CommandInput } from './run-cli.ts';

/**
 * Says beside what was asked what a person should know of their chats. What happened once is told once, on a terminal, where it
 * has been seen then; what holds now is told wherever it holds.
 */
export async function sayNotices(input: Pick<CommandInput, 'session' | 'terminal' | 'words'>): Promise<void> {
  const { session, terminal, words } = input;
  for (const { id, code, values } of await chatNotices(session)) {
    if (code === 'database/damaged' && !terminal.isWatched) continue;
    terminal.note(words.error({ code: code as ErrorCode, message: '', values }));
    if (terminal.isWatched) await session.client.call('notice.seen', { id });
  }
}

/** Where the sentences were told in another way. */
export async function noticesSeen(session: CommandInput['session']): Promise<void> {
  for (const { id } of await chatNotices(session)) await session.client.call('notice.seen', { id });
}

async function chatNotices(session: CommandInput['session']): Promise<readonly CoreNotice[]> {
  const notices = await session.keep(() => session.client.call('notice.list', {}));
  return notices.filter(({ code }) => /^(database|disk)\//.test(code));
}
