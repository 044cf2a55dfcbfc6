import type { putBackRoutes } from '../../contract/routes/put-back.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import { PutBack } from '../put-back/put-back.ts';
import type { CoreBase } from '../surroundings.ts';

export interface PutBackNeeds {
  readonly desktop: DesktopProcess;
  readonly copy: (text: string) => Promise<boolean>;
  readonly conversations: Conversations;
}

/** Writing an answer into the place its text came from. */
export function composePutBack({ host }: CoreBase, { desktop, copy, conversations }: PutBackNeeds) {
  const putBack = new PutBack({
    copy,
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
  return { putBack, handlers };
}
