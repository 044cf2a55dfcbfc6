import { join } from 'node:path';
import type { putBackRoutes } from '../../contract/routes/put-back.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { ChatNotices } from '../database/chat-notices.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import { PutBackJournal } from '../put-back/journal.ts';
import { PutBack } from '../put-back/put-back.ts';
import type { CoreBase } from '../surroundings.ts';

export interface PutBackNeeds {
  readonly desktop: DesktopProcess;
  readonly copy: (text: string) => Promise<boolean>;
  readonly conversations: Conversations;
  readonly notices: ChatNotices;
}

/** Writing an answer into the place its text came from. */
export function composePutBack({ host, folders }: CoreBase, { desktop, copy, conversations, notices }: PutBackNeeds) {
  const journal = new PutBackJournal(join(folders.profile, 'put-back.json'), process.ppid);
  // A cli that asks one question shows no notice, and would use it up.
  if (host.face === 'app') notices.putBackLost(journal.takeLost());
  const putBack = new PutBack({
    copy,
    journal,
    write: (targetId, text, mode, rich) => desktop.putBack(targetId, text, mode, rich),
    undo: (targetId) => desktop.undoPutBack(targetId),
    setOverlayVisible: (visible) => host.setOverlayVisible(visible),
    conversationOf: (messageId) => conversations.conversationOf(messageId),
    attachmentsOf: (conversationId) => conversations.attachmentsOf(conversationId),
  });
  const handlers: Handlers<typeof putBackRoutes> = {
    requests: {
      'answer.putBack': ({ messageId, mode, leftOut }) => putBack.write(messageId, mode, leftOut),
      'answer.changes': ({ messageId }) => putBack.changes(messageId),
      'answer.undoPutBack': () => putBack.undo(),
    },
    streams: {},
    states: { putBack: putBack.state },
  };
  return { putBack, journal, handlers };
}
