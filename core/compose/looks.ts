import { type Leaving, type Look, type LookedMessage, lookCharacters } from '../../contract/look.ts';
import type { Reason } from '../../contract/reason.ts';
import { estimateTokens } from '../../text/estimate-tokens.ts';
import { type DraftingOptions, draftOf, type LookInput } from '../answers/drafted.ts';
import { type LookingOptions, lookAt } from '../answers/looking.ts';
import type { Drafts } from '../drafts.ts';
import type { Leave } from '../rules/leave.ts';
import type { Destination } from '../sending/destination.ts';
import { hashOf } from '../sending/hash-of.ts';
import type { Prepared } from '../sending/prepared.ts';
import type { PricedBy } from '../servers/priced-servers.ts';
import type { Servers } from '../servers/servers.ts';
import { expectedCost, toldOf } from '../servers/told-of.ts';

export interface LookNeeds extends LookingOptions<Prepared> {
  readonly drafts: Drafts;
  readonly drafting: DraftingOptions;
  readonly leave: Leave<Destination>;
  readonly servers: Servers;
  readonly priced: PricedBy;
}

const nobodyKnows: Reason = { type: 'chosen' };

/** What would be sent of a question, told to the person before anything is. */
export function composeLook({ drafting, leave, servers, priced, ...looking }: LookNeeds) {
  return async (input: LookInput): Promise<Look> => {
    const looked = draftOf(input, drafting);
    const seen = await lookAt(looked, looking);
    if (seen.status === 'stays') return seen;
    const { prepared, goesOn, reason } = seen;
    const must = await looking.drafts.while(looked.answerId, looked.draft, async () =>
      leave.mustShow(prepared.to, looked.answerId),
    );
    return leavingOf(prepared, { goesOn, must, reason }, { servers, priced });
  };
}

/** A prompt as the person is told of it before it leaves. */
export function leavingOf(
  prepared: Prepared,
  { goesOn, must, reason }: { readonly goesOn: boolean; readonly must: boolean; readonly reason: Reason | null },
  { servers, priced }: Pick<LookNeeds, 'servers' | 'priced'>,
): Leaving {
  const { to, input: prompt, body } = prepared;
  const served = servers.served(to.modelId);
  const tokens = { prompt: tokensOf(prepared), answer: prompt.maxTokens };
  return {
    status: 'leaves',
    hash: hashOf(prompt, to),
    messages: shownMessages(prepared),
    body: body.slice(0, lookCharacters).toWellFormed(),
    bodyBytes: Buffer.byteLength(body),
    ...{ host: to.host, place: to.place, modelName: to.modelName, goesOn, must },
    ...(served === null ? { label: to.host, policy: null } : toldOf(served.server)),
    promptTokens: tokens.prompt,
    answerTokens: tokens.answer,
    price: served === null ? null : expectedCost(served.server, served.model, tokens, priced),
    reason: reason ?? nobodyKnows,
  };
}

function tokensOf({ input }: Prepared): number {
  return input.messages.reduce((sum, { text }) => sum + estimateTokens(text) + 4, 0);
}

/** What an answer is gone on from goes along, too. */
function shownMessages({ input, places }: Prepared): readonly LookedMessage[] {
  const { continueFrom } = input.hints;
  const shown = (role: LookedMessage['role'], text: string): LookedMessage => ({ role, ...cut(text, places(text)) });
  const before = continueFrom === undefined ? [] : [shown('assistant', continueFrom.text)];
  return [...input.messages.map(({ role, text }) => shown(role, text)), ...before];
}

function cut(text: string, hidden: LookedMessage['hidden']): Omit<LookedMessage, 'role'> {
  if (text.length <= lookCharacters) return { text, hidden: [...hidden], leftOut: 0 };
  const half = lookCharacters / 2;
  const leftOut = text.length - lookCharacters;
  const shown = hidden.flatMap(({ start, end, ...one }) => {
    if (end <= half) return [{ start, end, ...one }];
    return start >= half + leftOut ? [{ start: start - leftOut, end: end - leftOut, ...one }] : [];
  });
  const shownText = text.slice(0, half).toWellFormed() + text.slice(half + leftOut).toWellFormed();
  return { text: shownText, hidden: shown, leftOut };
}
