import type { passagesRoutes } from '../../contract/routes/passages.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { Passages } from '../passages/passages.ts';
import type { CoreBase } from '../surroundings.ts';

/** Where an answer stands in its texts, as it is shown and opened. */
export function composePassages(
  { host }: CoreBase,
  conversations: Conversations,
): { readonly handlers: Handlers<typeof passagesRoutes> } {
  const passages = new Passages({
    conversationOf: (id) => conversations.conversationOf(id),
    attachmentsOf: (id) => conversations.attachmentsOf(id),
    openFile: (path, place) => host.openFile(path, place),
  });
  const requests: Handlers<typeof passagesRoutes>['requests'] = {
    'passage.show': ({ messageId, at }) => passages.show(messageId, at),
    'passage.open': ({ messageId, at }) => passages.open(messageId, at),
  };
  return { handlers: { requests, streams: {}, states: {} } };
}
