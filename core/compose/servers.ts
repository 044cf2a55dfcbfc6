import type { serversRoutes } from '../../contract/routes/servers.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Egress } from '../egress/egress.ts';
import { admitModelList } from '../egress/purposes.ts';
import type { Receipts } from '../receipts/receipts.ts';
import { Sending } from '../sending/sending.ts';
import { Servers } from '../servers/servers.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** The servers of the person, and the one gate that whatever is asked of them passes. */
export function composeServers({ host }: CoreBase, egress: Egress, receipts: Receipts) {
  const isOffline = () => host.settings().offline;
  const sending = new Sending({ isOffline, receipts, open: (admit) => egress.fetchFor('answer', admit) });
  const openList = (hostname: string) => egress.fetchFor('model-list', admitModelList(hostname));
  const servers = new Servers({ host, openList, send: (order) => sending.send(order) });
  const handlers: Handlers<typeof serversRoutes> = {
    requests: {
      'server.test': (input) => servers.test(input),
      'server.change': (input) => servers.change(input),
      'server.add': (input) => servers.add(input),
      'server.list': () => servers.list(),
      'server.remove': async ({ serverId }) => nothing(await servers.remove(serverId)),
    },
    streams: {},
    states: {},
  };
  return { servers, handlers };
}
