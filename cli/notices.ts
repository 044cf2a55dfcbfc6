import type { CoreNotice } from '../contract/core.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { Session } from './session.ts';
import type { Words } from './words.ts';

/** Says on standard error what a person should know of their chats. What stood on a terminal has been seen. */
export async function sayNotices(session: Session, words: Words): Promise<void> {
  for (const { id, code, values } of await chatNotices(session)) {
    process.stderr.write(`${words.error({ code: code as ErrorCode, message: '', values })}\n`);
    if (process.stderr.isTTY) await session.client.call('notice.seen', { id });
  }
}

/** Where the sentences were told in another way. */
export async function noticesSeen(session: Session): Promise<void> {
  for (const { id } of await chatNotices(session)) await session.client.call('notice.seen', { id });
}

async function chatNotices(session: Session): Promise<readonly CoreNotice[]> {
  const notices = await session.client.call('notice.list', {});
  return notices.filter(({ code }) => code.startsWith('database/'));
}
