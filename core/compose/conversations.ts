import type { conversationsRoutes } from '../../contract/routes/conversations.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Answers } from '../answers/answers.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { nothing } from './nothing.ts';

/** Stored chats, each with the run that is answering in it. */
export function composeConversations(conversations: Conversations, answers: Answers, forgetRead: () => void) {
  const handlers: Handlers<typeof conversationsRoutes> = {
    requests: {
      'conversation.list': ({ query, limit, after, pinned }) =>
        conversations.list(query, limit, after, pinned).map((item) => answers.withRun(item)),
      'conversation.search': ({ query, limit }) => conversations.search(query, limit),
      'conversation.get': ({ conversationId }) => answers.withRun(conversations.get(conversationId)),
      'conversation.rename': ({ conversationId, title }) => nothing(conversations.rename(conversationId, title)),
      'conversation.pin': ({ conversationId, pinned }) => nothing(conversations.pin(conversationId, pinned)),
      'conversation.swapAnswers': ({ conversationId }) => nothing(conversations.swapAnswers(conversationId)),
      'conversation.delete': ({ conversationId }) => {
        const deleted = conversations.delete(conversationId);
        answers.cancelIn(conversationId);
        // What was read of a document goes with the chat about it.
        forgetRead();
        return deleted;
      },
      'conversation.restore': ({ conversationId }) => nothing(conversations.restore(conversationId)),
    },
    streams: {},
    states: {},
  };
  return { handlers };
}
