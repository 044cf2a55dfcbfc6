import type { receiptsRoutes } from '../../contract/routes/receipts.ts';
import type { Handlers } from '../../wire/server.ts';
import { writeWhole } from '../exports/whole-file.ts';
import type { Receipts } from '../receipts/receipts.ts';
import { lineOf } from '../receipts/verify-log.ts';
import type { Limits } from '../sending/limits.ts';
import type { PseudonymSets } from '../sending/with-pseudonyms.ts';
import type { ToldOf } from '../servers/told-of.ts';

export interface ReceiptNeeds {
  readonly receipts: Receipts;
  readonly limits: Limits;
  readonly pseudonyms: Pick<PseudonymSets, 'usedFor'>;
  /** Who a server is; null for one that is no longer there. */
  readonly toldOf: (serverId: string) => ToldOf | null;
}

const unknown: { readonly label: null; readonly policy: null } = { label: null, policy: null };

/** What models were asked, the proof of it, and what it cost. */
export function composeReceipts({
  receipts,
  limits,
  pseudonyms,
  toldOf,
}: ReceiptNeeds): Handlers<typeof receiptsRoutes> {
  return {
    requests: {
      'receipts.list': ({ limit, skip }) => receipts.list(limit, skip),
      'receipts.ofAnswer': ({ answerId }) => {
        const { rows, links } = receipts.ofAnswer(answerId);
        const calls = rows.map(({ serverId, ...row }) => ({
          ...row,
          ...((serverId === null ? null : toldOf(serverId)) ?? unknown),
        }));
        return { calls, pseudonyms: [...pseudonyms.usedFor(answerId)], lines: links.map(lineOf) };
      },
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
