import type { Price } from '../../models/prices/price.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { ChatNotices } from '../database/chat-notices.ts';
import type { Drafts } from '../drafts.ts';
import type { Egress } from '../egress/egress.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Leave } from '../rules/leave.ts';
import type { Destination } from '../sending/destination.ts';
import { hashOf } from '../sending/hash-of.ts';
import { LaterPrompts } from '../sending/later-prompts.ts';
import { Limits, moneyOf } from '../sending/limits.ts';
import { Sending } from '../sending/sending.ts';
import { PseudonymSets, withPseudonyms } from '../sending/with-pseudonyms.ts';
import type { CoreBase } from '../surroundings.ts';

export interface SendingNeeds {
  readonly egress: Egress;
  readonly receipts: Receipts;
  readonly conversations: Pick<Conversations, 'find'>;
  readonly notices: ChatNotices;
  readonly leave: Leave<Destination>;
  readonly drafts: Drafts;
  readonly priceOf: (to: Destination) => Price | null;
}

/** The one gate that every prompt passes which leaves this machine, with its pseudonyms and its budget. */
export function composeSending({ host }: Pick<CoreBase, 'host'>, needs: SendingNeeds) {
  const { egress, receipts, conversations, notices, leave: permits, drafts, priceOf } = needs;
  const names = () => host.settings().privateNames;
  const pseudonyms = new PseudonymSets(names);
  const redact = withPseudonyms({
    ...{ names, sets: pseudonyms, isOn: () => host.settings().pseudonyms },
    conversationOf: (id) =>
      id === null ? null : (drafts.find(id)?.key ?? conversations.find(id)?.conversationId ?? null),
  });
  const limits = new Limits({
    budget: () => host.settings().budget,
    spentSince: (from) => receipts.spentSince(from),
    priceOf,
    onNear: ({ period, limit, used }, currency) =>
      notices.budgetNear(period, { limit: moneyOf(limit, currency), used: moneyOf(used, currency) }),
  });
  const later = new LaterPrompts();
  const sending = new Sending({
    isOffline: () => host.settings().offline,
    receipts,
    redact,
    permits,
    budget: limits,
    show: (answerId, prepared, signal) => later.ask(answerId, prepared, hashOf(prepared.input, prepared.to), signal),
    open: (admit) => egress.fetchFor('answer', admit),
  });
  return { sending, pseudonyms, limits, later };
}
