import { join } from 'node:path';
import type { putBackRoutes } from '../../contract/routes/put-back.ts';
import type { Handlers } from '../../wire/server.ts';
import type { ApplicationBook } from '../applications/application-book.ts';
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
  readonly applications: { readonly book: ApplicationBook };
  readonly copy: (text: string, html?: string) => Promise<boolean>;
  readonly conversations: Conversations;
  readonly notices: ChatNotices;
}

/** Writing an answer into the place its text came from. */
export function composePutBack({ host, folders, store }: CoreBase, needs: PutBackNeeds) {
  const { desktop, copy, conversations, notices } = needs;
  const { book } = needs.applications;
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
    words: book,
    write: ({ targetId, text, mode, rich, agreed }) => desktop.putBack(targetId, text, mode, rich, agreed),
    undo: (targetId) => desktop.undoPutBack(targetId),
    stepAside: () => host.stepAside(),
    finishOverlay: (how, done) => host.finishOverlay(how, done),
  });
  store.add(book.state.subscribe(() => putBack.wordsChanged()));
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
      'answer.putBack': ({ messageId, mode, leftOut, word }) => nothing(putBack.begin(messageId, mode, leftOut, word)),
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
