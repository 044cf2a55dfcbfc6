import { join } from 'node:path';
import { joinRoutes } from '../../contract/join-routes.ts';
import type { providersRoutes } from '../../contract/routes/providers.ts';
import type { serversRoutes } from '../../contract/routes/servers.ts';
import { systemLanguage } from '../../contract/system-language.ts';
import { Prices } from '../../models/prices/prices.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { Drafts } from '../drafts.ts';
import type { Egress } from '../egress/egress.ts';
import { admitModelList } from '../egress/purposes.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Leave } from '../rules/leave.ts';
import type { Destination } from '../sending/destination.ts';
import type { Prepared } from '../sending/prepared.ts';
import { Sending } from '../sending/sending.ts';
import { PseudonymSets, withPseudonyms } from '../sending/with-pseudonyms.ts';
import { ownPrices } from '../servers/own-prices.ts';
import { Providers } from '../servers/providers.ts';
import { Servers } from '../servers/servers.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

export interface ServerNeeds {
  readonly egress: Egress;
  readonly receipts: Receipts;
  readonly conversations: Pick<Conversations, 'find'>;
  readonly leave: Leave<Destination>;
  readonly drafts: Drafts;
}

/** The servers and providers of the person, and the one gate that whatever is asked of them passes. */
export function composeServers({ host, env, folders, log }: CoreBase, needs: ServerNeeds) {
  const { egress, receipts, conversations, leave: permits, drafts } = needs;
  const isOffline = () => host.settings().offline;
  const names = () => host.settings().privateNames;
  const pseudonyms = new PseudonymSets(names);
  const redact = withPseudonyms({
    ...{ names, sets: pseudonyms, isOn: () => host.settings().pseudonyms },
    conversationOf: (id) =>
      id === null ? null : (drafts.find(id)?.key ?? conversations.find(id)?.conversationId ?? null),
  });
  const gate = { isOffline, receipts, redact, permits };
  const sending = new Sending({ ...gate, open: (admit) => egress.fetchFor('answer', admit) });
  const openList = (hostname: string) => egress.fetchFor('model-list', admitModelList(hostname));
  const language = () => {
    const chosen = host.settings().language;
    return chosen === 'system' ? systemLanguage(env) : chosen;
  };
  const priced = { prices: new Prices(ownPrices(join(folders.profile, 'prices.json'), log)), language };
  const send: Sending['send'] = (order) => sending.send(order);
  const servers = new Servers({ host, openList, send, priced });
  const providers = new Providers({ host, servers, openList, send, priced });
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
  const providerHandlers: Handlers<typeof providersRoutes> = {
    requests: {
      'providers.list': () => providers.list(),
      'providers.test': (input) => providers.test(input),
      'providers.connect': (input) => providers.connect(input),
    },
    streams: {},
    states: {},
  };
  /** A model of a server that sends nothing, and tells what it would. */
  const lookBy = (modelId: string, answerId: string, onPrepared: (prepared: Prepared) => void) =>
    servers.model(modelId, answerId, (order) => sending.look(order, onPrepared));
  const asked = { servers, pseudonyms, lookBy, priced };
  return { servers, asked, handlers: joinRoutes(handlers, providerHandlers) };
}
