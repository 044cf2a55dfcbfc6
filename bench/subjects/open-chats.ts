import { join } from 'node:path';
import { Conversations } from '../../core/conversations/conversations.ts';
import { SearchIndex } from '../../core/conversations/search-index.ts';
import { LiveDatabase } from '../../core/database/live-database.ts';

// What core does before the overlay's list of chats can be shown; prints how long that took, in milliseconds.
const profile = process.argv[2] ?? '';
const begun = performance.now();
const database = new LiveDatabase(join(profile, 'beckon.db'), { mayWrite: true, onMended: () => {} });
const index = new SearchIndex(database, join(profile, 'beckon-search.db'));
const conversations = new Conversations(database, () => {}, undefined, index);
conversations.list('', 40);
process.stdout.write(String(performance.now() - begun));
conversations.dispose();
index.dispose();
database.dispose();
