import { joinRoutes } from '../../contract/join-routes.ts';
import type { exportsRoutes } from '../../contract/routes/exports.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { Exports } from '../exports/exports.ts';
import { toRichText } from '../put-back/rich-text.ts';
import type { CoreBase } from '../surroundings.ts';
import { composeBackups } from './backups.ts';
import { nothing } from './nothing.ts';

/** Chats as files, and all that is the person's as one. */
export function composeExports(base: CoreBase, conversations: Conversations) {
  const { store, version } = base;
  const exports = store.add(
    new Exports({
      version,
      list: (limit, after) => conversations.list('', limit, after),
      get: (id) => conversations.get(id),
      textsOf: (id) => conversations.attachmentsOf(id),
      toHtml: (markdown) => toRichText(markdown)?.html ?? null,
    }),
  );
  const handlers: Handlers<typeof exportsRoutes> = {
    requests: {
      'export.name': ({ format, ...wanted }) => ({ name: exports.name(wanted, format) }),
      'export.write': async ({ format, path, ...wanted }) => ({ written: await exports.write(wanted, format, path) }),
      'export.cancel': () => nothing(exports.cancel()),
    },
    streams: {},
    states: {},
  };
  return { handlers: joinRoutes(handlers, composeBackups(base).handlers) };
}
