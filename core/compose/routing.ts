import type { Message } from '../../contract/conversation.ts';
import type { Recipient } from '../../contract/label.ts';
import type { ModelIdentity } from '../../models/language-model.ts';
import type { ChosenModel, WantedModel } from '../answers/chosen-model.ts';
import { type DraftingOptions, draftOfWriting } from '../answers/drafted.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { Drafts } from '../drafts.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import type { Leave } from '../rules/leave.ts';
import { noRuling, type Ruling } from '../rules/match-rules.ts';
import type { Reasons } from '../rules/reasons.ts';
import { type Choices, type Route, route } from '../rules/router.ts';
import type { Destination } from '../sending/destination.ts';
import { destinationOf } from '../sending/destination.ts';
import type { Prepared } from '../sending/prepared.ts';
import { recipientOfServer } from '../servers/recipient.ts';
import { toRow } from '../servers/server-rows.ts';
import type { CoreBase } from '../surroundings.ts';
import type { composeServers } from './servers.ts';

export interface RoutingNeeds {
  readonly conversations: Conversations;
  readonly models: ModelChoice;
  readonly leave: Leave<Destination>;
  readonly drafts: Drafts;
  readonly reasons: Reasons;
  readonly asked: Pick<ReturnType<typeof composeServers>['asked'], 'servers' | 'lookBy'>;
}

/** Who answers, and why. */
export function composeRouting({ host }: CoreBase, needs: RoutingNeeds) {
  const { conversations, models, leave, drafts, reasons, asked } = needs;
  const staysHere = (modelId: string) => {
    const served = asked.servers.served(modelId);
    return served === null || isOnThisMachine(served.server.address);
  };
  const choices = choicesOf(host, models, staysHere);
  const routeOf = async (wanted: WantedModel, answerId: string): Promise<Route> => {
    const actionId = actionOf((drafts.find(answerId) ?? conversations.conversationOf(answerId)).messages, answerId);
    const actionModelId = actionId === null ? null : (host.settings().actionModels[actionId] ?? null);
    const ruled = rulingOf(() => leave.rulingOf(answerId));
    const found = await route({ ...wanted, actionModelId, ruling: ruled.ruling }, choices);
    // What cannot be read may forbid it; what stays here nothing forbids.
    if (ruled.fault !== null && !staysHere(found.modelId)) throw ruled.fault;
    return found;
  };
  const modelFor = async (wanted: WantedModel, answerId: string): Promise<ChosenModel> => {
    const { modelId, reason } = await routeOf(wanted, answerId);
    reasons.note(answerId, reason);
    return { ...(await models.find(modelId, answerId)), reason };
  };
  /** Finds the same one; for a server it is one that sends nothing, and tells what it would. */
  const find = async (wanted: WantedModel, answerId: string, onPrepared: (prepared: Prepared) => void) => {
    const { modelId, reason } = await routeOf(wanted, answerId);
    const found = await models.find(modelId, answerId);
    return { ...found, model: asked.lookBy(modelId, answerId, onPrepared) ?? found.model, reason };
  };
  let drafted = 0;
  /** Where a question would go that is being written: the host of its server, null for a model that runs in Beckon. */
  const routeOfWriting = (input: Parameters<typeof draftOfWriting>[0], drafting: DraftingOptions) => {
    drafted += 1;
    const answerId = `route-${drafted}`;
    return drafts.while(answerId, draftOfWriting(input, answerId, drafting), async () => {
      const { modelId, reason } = await routeOf({ modelId: null, here: false }, answerId);
      const served = asked.servers.served(modelId);
      return { host: served === null ? null : toRow(served.server).host, reason };
    });
  };
  const recipientOf = (model: Pick<ModelIdentity, 'id' | 'name'>) =>
    recipientBehind(asked.servers.served(model.id), model);
  /** Who would be asked; null where nothing can answer, which is told where something is asked. */
  const wouldAsk = (wanted: WantedModel, answerId: string): Promise<Recipient | null> =>
    routeOf(wanted, answerId).then(
      ({ modelId }) => recipientOf({ id: modelId, name: '' }),
      () => null,
    );
  return { modelFor, find, routeOfWriting, recipientOf, wouldAsk };
}

/** What a route is chosen among. */
function choicesOf(host: CoreBase['host'], models: RoutingNeeds['models'], staysHere: Choices['staysHere']): Choices {
  return {
    chosenId: () => models.chosenId(),
    isChosen: (modelId) => modelId === host.settings().modelId,
    hereId: () => models.hereId(),
    exists: (modelId) => models.exists(modelId),
    staysHere,
  };
}

/** Who gets what a model is asked: its server, or nobody else for one that runs in Beckon. */
function recipientBehind(
  served: ReturnType<RoutingNeeds['asked']['servers']['served']>,
  { name }: Pick<ModelIdentity, 'name'>,
): Recipient {
  return served === null
    ? { host: null, name, place: 'this-machine', training: 'no' }
    : recipientOfServer(served.server);
}

/** The action of the question that an answer is for. */
function actionOf(messages: readonly Message[], answerId: string): string | null {
  const at = messages.findIndex(({ id }) => id === answerId);
  return messages.slice(0, at).findLast(({ role }) => role === 'user')?.action?.id ?? null;
}

function rulingOf(read: () => Ruling): { readonly ruling: Ruling; readonly fault: unknown } {
  try {
    return { ruling: read(), fault: null };
  } catch (fault) {
    return { ruling: noRuling, fault };
  }
}

function isOnThisMachine(address: string): boolean {
  try {
    const to = destinationOf({ serverId: null, address, modelId: '', modelName: '' });
    return to.place === 'this-machine';
  } catch {
    return false;
  }
}
