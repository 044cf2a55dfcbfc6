import { join } from 'node:path';
import { joinRoutes } from '../../contract/join-routes.ts';
import type { providersRoutes } from '../../contract/routes/providers.ts';
import type { serversRoutes } from '../../contract/routes/servers.ts';
import { systemLanguage } from '../../contract/system-language.ts';
import { Prices } from '../../models/prices/prices.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { ChatNotices } from '../database/chat-notices.ts';
import type { Drafts } from '../drafts.ts';
import type { Egress } from '../egress/egress.ts';
import { admitAccount, admitModelList } from '../egress/purposes.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Leave } from '../rules/leave.ts';
import type { Reasons } from '../rules/reasons.ts';
import type { Destination } from '../sending/destination.ts';
import type { Prepared } from '../sending/prepared.ts';
import type { Sending } from '../sending/sending.ts';
import { Accounts } from '../servers/accounts.ts';
import { ownPrices } from '../servers/own-prices.ts';
import { Providers } from '../servers/providers.ts';
import { Servers } from '../servers/servers.ts';
import { toldOf } from '../servers/told-of.ts';
import type { CoreBase } from '../surroundings.ts';
import { composeLockedKeys } from './locked-keys.ts';
import { nothing } from './nothing.ts';
import { composeReceipts } from './receipts.ts';
import { composeSending } from './sending.ts';

export interface ServerNeeds {
  readonly egress: Egress;
  readonly receipts: Receipts;
  readonly conversations: Pick<Conversations, 'find'>;
  readonly notices: ChatNotices;
  readonly leave: Leave<Destination>;
  readonly drafts: Drafts;
  readonly reasons: Reasons;
}

/** The servers and providers of the person, and the one gate that whatever is asked of them passes. */
export function composeServers(withoutLocked: CoreBase, needs: ServerNeeds) {
  const { host, ...lockedKeys } = composeLockedKeys(withoutLocked);
  const base = { ...withoutLocked, host };
  const { env, folders, log } = base;
  const { egress, receipts } = needs;
  const openList = (hostname: string) => egress.fetchFor('model-list', admitModelList(hostname));
  const language = () => {
    const chosen = host.settings().language;
    return chosen === 'system' ? systemLanguage(env) : chosen;
  };
  const priced = { prices: new Prices(ownPrices(join(folders.profile, 'prices.json'), log)), language };
  const { sending, pseudonyms, limits, later } = composeSending(base, {
    ...needs,
    priceOf: (to) => servers.priceOf(to),
  });
  const send: Sending['send'] = (order) => sending.send({ ...order, reason: needs.reasons.of(order.messageId) });
  const servers: Servers = new Servers({ host, openList, send, priced });
  const providers = new Providers({ host, servers, openList, send, priced });
  const toldOfServer = (serverId: string) => {
    const server = host.settings().servers.find(({ id }) => id === serverId);
    return server === undefined ? null : toldOf(server);
  };
  const serverHandlers: Handlers<typeof serversRoutes> = {
    requests: {
      'server.test': (input) => servers.test(input),
      'server.change': (input) => servers.change(input),
      'server.add': (input) => servers.add(input),
      'server.list': () => servers.list(),
      'server.remove': async ({ serverId }) => nothing(await servers.remove(serverId)),
      'server.share': async ({ serverId, shares }) => nothing(await servers.share(serverId, shares)),
    },
    streams: {},
    states: { pool: servers.pool.state },
  };
  const handlers = joinRoutes(
    serverHandlers,
    lockedKeys.handlers,
    providerHandlers(base, { egress, servers, providers }),
    composeReceipts({ receipts, limits, pseudonyms, toldOf: toldOfServer }),
  );
  /** A model of a server that sends nothing, and tells what it would. */
  const lookBy = (modelId: string, answerId: string, onPrepared: (prepared: Prepared) => void) =>
    servers.model(modelId, answerId, (order) => sending.look(order, onPrepared));
  const asked = { servers, pseudonyms, lookBy, priced, later };
  return { servers, asked, handlers };
}

interface ProviderParts {
  readonly egress: Egress;
  readonly servers: Servers;
  readonly providers: Providers;
}

function providerHandlers(
  { host }: CoreBase,
  { egress, servers, providers }: ProviderParts,
): Handlers<typeof providersRoutes> {
  const accounts = new Accounts({
    servers: () => host.settings().servers,
    withKey: (serverId, use) => servers.withKey(serverId, use),
    open: (address) => egress.fetchFor('account', admitAccount(address)),
  });
  return {
    requests: {
      'providers.list': () => providers.list(),
      'providers.test': (input) => providers.test(input),
      'providers.connect': (input) => providers.connect(input),
      'providers.accounts': () => accounts.list(),
      'providers.account': ({ serverId }) => accounts.read(serverId),
    },
    streams: {},
    states: {},
  };
}
