import type { Grounding } from '../../contract/grounding.ts';
import type { groundingRoutes } from '../../contract/routes/grounding.ts';
import { LocalEmbeddings } from '../../models/engine/local-embeddings.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { groundAnswer } from '../grounding/answer-grounding.ts';
import { IndexCache } from '../grounding/index-cache.ts';
import { SentenceMeanings } from '../grounding/sentence-meanings.ts';
import type { InstalledModels } from '../models/installed-models.ts';
import type { CoreBase } from '../surroundings.ts';

/** Long enough for the next answer about the same text, short enough not to take memory from the model that answers. */
const embeddingIdleMs = 60_000;

/** What of an answer stands in the text it is about. */
export function composeGrounding(
  { entries, store, log }: CoreBase,
  conversations: Conversations,
  installed: InstalledModels,
): {
  readonly handlers: Handlers<typeof groundingRoutes>;
  /** By words alone, which takes no time. */
  readonly ground: (messageId: string) => Promise<Grounding>;
} {
  const embeddings = store.add(
    new LocalEmbeddings({
      node: entries.node,
      entry: entries.engine,
      idleMs: embeddingIdleMs,
      log: (text) => log.write('embedding-engine', { detail: text }),
    }),
  );
  const parts = {
    indexes: new IndexCache(),
    meanings: new SentenceMeanings({ findModel: () => installed.comparing(), embeddings, log }),
    conversationOf: (id: string) => conversations.conversationOf(id),
    attachmentsOf: (id: string) => conversations.attachmentsOf(id),
  };
  const requests = {
    'answer.grounding': ({ messageId, byMeaning }: { readonly messageId: string; readonly byMeaning: boolean }) =>
      groundAnswer(messageId, byMeaning, parts),
  };
  const ground = (messageId: string) => groundAnswer(messageId, false, parts);
  return { handlers: { requests, streams: {}, states: {} }, ground };
}
