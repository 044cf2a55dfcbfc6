import { join } from 'node:path';
import type { putBackRoutes } from '../../contract/routes/put-back.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { ChatNotices } from '../database/chat-notices.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import type { StoredChats } from '../put-back/answer-texts.ts';
import { createCopyAnswer } from '../put-back/copy-answer.ts';
import { PutBackJournal } from '../put-back/journal.ts';
import { PutBack } from '../put-back/put-back.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

export interface PutBackNeeds {
  readonly desktop: DesktopProcess;
  readonly copy: (text: string, html?: string) => Promise<boolean>;
  readonly conversations: Conversations;
  readonly notices: ChatNotices;
}

/** Writing an answer into the place its text came from. */
export function composePutBack({ host, folders }: CoreBase, { desktop, copy, conversations, notices }: PutBackNeeds) {
  const journal = new PutBackJournal(join(folders.profile, 'put-back.json'), process.ppid);
  const chats: StoredChats = {
    conversationOf: (messageId) => conversations.conversationOf(messageId),
    attachmentsOf: (conversationId) => conversations.attachmentsOf(conversationId),
  };
  const copyAnswer = createCopyAnswer(chats, copy);
  const putBack = new PutBack({
    ...chats,
    copy: (text) => copy(text),
    journal,
    write: ({ targetId, text, mode, rich }) => desktop.putBack(targetId, text, mode, rich),
    undo: (targetId) => desktop.undoPutBack(targetId),
    stepAside: () => host.stepAside(),
    finishOverlay: (how) => host.finishOverlay(how),
  });
  // A cli that asks one question shows neither, and would use them up.
  if (host.face === 'app') {
    notices.putBackLost(journal.takeLost());
    const cut = journal.takeCut();
    if (cut !== null) {
      putBack.tellCut(cut);
      void host.finishOverlay('back').catch(() => {});
    }
  }
  const handlers: Handlers<typeof putBackRoutes> = {
    requests: {
      'answer.putBack': ({ messageId, mode, leftOut }) => nothing(putBack.begin(messageId, mode, leftOut)),
      'answer.copy': ({ messageId, leftOut }) => copyAnswer(messageId, leftOut),
      'answer.changes': ({ messageId }) => putBack.changes(messageId),
      'answer.undoPutBack': () => nothing(putBack.undo()),
      'answer.putBackSeen': () => nothing(putBack.seen()),
    },
    streams: {},
    states: { putBack: putBack.state },
  };
  return { putBack, journal, handlers };
}
