import type { receiptsRoutes } from '../../contract/routes/receipts.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Receipts } from '../receipts/receipts.ts';
import { lineOf } from '../receipts/verify-log.ts';

/** What models were asked, and the proof of it. */
export function composeReceipts(receipts: Receipts): { readonly handlers: Handlers<typeof receiptsRoutes> } {
  return {
    handlers: {
      requests: {
        'receipts.list': ({ limit }) => receipts.list(limit),
        'receipts.verify': () => receipts.verify(),
        'receipts.lines': ({ from, most }) => {
          const links = receipts.links(from, most);
          const last = links.at(-1);
          return { lines: links.map(lineOf), next: last === undefined || links.length < most ? null : last.number + 1 };
        },
      },
      streams: {},
      states: {},
    },
  };
}
