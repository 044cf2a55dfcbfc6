import type { receiptsRoutes } from '../../contract/routes/receipts.ts';
import type { Handlers } from '../../wire/server.ts';
import { writeWhole } from '../exports/whole-file.ts';
import type { Receipts } from '../receipts/receipts.ts';
import { lineOf } from '../receipts/verify-log.ts';
import type { Limits } from '../sending/limits.ts';

/** What models were asked, the proof of it, and what it cost. */
export function composeReceipts(receipts: Receipts, limits: Limits): Handlers<typeof receiptsRoutes> {
  return {
    requests: {
      'receipts.list': ({ limit, skip }) => receipts.list(limit, skip),
      'receipts.verify': () => receipts.verify(),
      'receipts.lines': ({ from, most }) => {
        const links = receipts.links(from, most);
        const last = links.at(-1);
        return { lines: links.map(lineOf), next: last === undefined || links.length < most ? null : last.number + 1 };
      },
      'receipts.write': async ({ path }, gone) => {
        const links = receipts.links(1, -1);
        await writeWhole(
          path,
          links.map((link) => `${lineOf(link)}\n`),
          gone,
        );
        return { lines: links.length };
      },
      'usage.read': ({ from }) => ({
        groups: receipts.usageSince(from),
        standings: limits.standings(),
        hasAny: receipts.list(1).length > 0,
      }),
    },
    streams: {},
    states: {},
  };
}
