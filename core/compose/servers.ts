import type { serversRoutes } from '../../contract/routes/servers.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Egress } from '../egress/egress.ts';
import { Servers } from '../servers/servers.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

export function composeServers({ host }: CoreBase, egress: Egress) {
  const servers = new Servers(host, egress.fetchFor('server'));
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
