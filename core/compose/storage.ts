import { toErrorShape } from '../../contract/errors.ts';
import type { noticesRoutes } from '../../contract/routes/notices.ts';
import type { Handlers } from '../../wire/server.ts';
import { Conversations } from '../conversations/conversations.ts';
import { SearchIndex } from '../conversations/search-index.ts';
import { Caretaker } from '../database/caretaker.ts';
import { ChatNotices } from '../database/chat-notices.ts';
import type { DamageReport } from '../database/damage-report.ts';
import { LiveDatabase } from '../database/live-database.ts';
import { NoDatabase } from '../database/no-database.ts';
import type { Library } from '../library.ts';
import { Receipts } from '../receipts/receipts.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** The database, what is stored in it, and who looks after it. */
export function composeStorage(base: CoreBase, library: Library) {
  const { folders, entries, host, mayWrite, chatsClosed = null, store, log } = base;
  const notices = new ChatNotices();
  const onMended = (report: DamageReport) => {
    log.write('database-mended', { total: report.total, kept: report.kept, lostMessages: report.lostMessages });
    notices.mended(report);
  };
  const onFailing = () => notices.diskFails();
  const database = store.add(
    chatsClosed === null ? new LiveDatabase(folders.database, { mayWrite, onMended, onFailing }) : new NoDatabase(),
  );
  notices.begin(database);
  notices.foundUnread(host.unreadServers?.() ?? []);
  const onPutOff = (error: unknown) => log.write('tidying-put-off', { detail: toErrorShape(error).message });
  const searchIndex = mayWrite ? store.add(new SearchIndex(database, folders.searchIndex)) : null;
  const receipts = new Receipts(database, log, () => database.synced());
  const receiptsOf = (conversationId: string) => receipts.ofConversation(conversationId);
  const onConversations = () => library.conversationsChanged();
  const conversations = store.add(new Conversations(database, onConversations, onPutOff, searchIndex, receiptsOf));
  const onDamaged = () => {
    database.mend();
    library.conversationsChanged();
  };
  const care = { path: folders.database, node: entries.node, entry: entries.care, log, onDamaged, onFailing };
  const caretaker = store.add(new Caretaker({ ...care, wasLeftOpen: database.wasLeftOpen }));
  if (host.face === 'app' && mayWrite) caretaker.start();
  const handlers: Handlers<typeof noticesRoutes> = {
    requests: {
      'notice.list': () => notices.state.value.notices,
      'notice.seen': ({ id }) => nothing(notices.seen(id, database)),
    },
    streams: {},
    states: { notices: notices.state },
  };
  return { database, conversations, receipts, notices, caretaker, handlers };
}
