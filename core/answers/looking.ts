import type { UsedAction } from '../../contract/atom.ts';
import type { Message } from '../../contract/conversation.ts';
import { AppError, type AppErrorShape, fromErrorShape } from '../../contract/errors.ts';
import type { Reason } from '../../contract/reason.ts';
import type { Attachment } from '../attachment.ts';
import type { Draft, Drafts } from '../drafts.ts';
import type { StepTools } from '../steps/run-plain-step.ts';
import { answerParts } from './answer-parts.ts';
import { type ChainMeans, isKnownLater } from './chain-means.ts';
import type { ChosenModel, WantedModel } from './chosen-model.ts';
import { GrowingText } from './growing-text.ts';

/** An answer as it would begin. */
export interface Looked {
  readonly draft: Draft;
  readonly answerId: string;
  readonly questionId: string;
  readonly wanted: WantedModel;
  /** What there is of the answer already, to be gone on with. */
  readonly written: Pick<Message, 'text' | 'thinking'> | null;
}

export interface LookingOptions<Prepared> {
  readonly drafts: Drafts;
  /** The model that would answer, which tells of its first prompt in place of sending it. */
  readonly chooseModel: (
    wanted: WantedModel,
    answerId: string,
    onPrepared: (prepared: Prepared) => void,
  ) => Promise<ChosenModel>;
  readonly plainOf: StepTools['plainOf'];
  /** What chains are told of their values; they do nothing outside. */
  readonly chains?: ChainMeans;
}

/** What would happen: a prompt would leave, or none would. */
export type Seen<Prepared> =
  | { readonly status: 'leaves'; readonly prepared: Prepared; readonly reason: Reason | null; readonly goesOn: boolean }
  | { readonly status: 'stays'; readonly modelName: string; readonly reason: Reason | null };

/**
 * Makes an answer up to the point where something would leave, by the very way in which answers are made, and stops there. Throws
 * what would keep it from being sent.
 */
export async function lookAt<Prepared>(looked: Looked, options: LookingOptions<Prepared>): Promise<Seen<Prepared>> {
  const { draft, answerId, questionId, wanted, written } = looked;
  const action = draft.messages.find(({ id }) => id === questionId)?.action ?? null;
  if (action !== null && isKnownLater(action)) throw new AppError('step/form-first', 'the person is asked first');
  const found: { prepared: Prepared | null; chosen: ChosenModel | null } = { prepared: null, chosen: null };
  const stop = new AbortController();
  const askModel = async () => {
    const chosen = await options.chooseModel(wanted, answerId, (prepared) => {
      found.prepared ??= prepared;
    });
    found.chosen = chosen;
    if (chosen.model.identity.where === 'device') throw new Stays();
    return { ...chosen, asked: chosen.model };
  };
  let failure: AppErrorShape | null = null;
  await options.drafts.while(answerId, draft, async () => {
    try {
      const parts = answerParts({
        ...{ ids: { conversationId: '', questionId, answerId }, conversations: chatOf(draft) },
        ...{ wanted, text: new GrowingText(written), plainOf: options.plainOf, onPlan: () => {} },
        ...{ signal: stop.signal, askModel, chains: withoutDeeds(options.chains) },
      });
      for await (const part of parts) if (part.type === 'failure') failure = part.error;
    } catch (error) {
      if (!(error instanceof Stays)) throw error;
    }
  });
  const reason = found.chosen?.reason ?? null;
  if (found.prepared !== null) return { status: 'leaves', prepared: found.prepared, reason, goesOn: goesOn(action) };
  if (failure !== null) throw fromErrorShape(failure);
  return { status: 'stays', modelName: found.chosen?.model.identity.name ?? '', reason };
}

function withoutDeeds(chains: ChainMeans | undefined): ChainMeans | undefined {
  return chains === undefined ? undefined : { ...chains, deedsOf: () => null };
}

/** Thrown where a model of this machine is asked: it would answer, and nothing would leave. */
class Stays extends Error {}

function chatOf({ messages, attachments }: Draft) {
  return { get: () => ({ messages }), attachmentsOf: (): ReadonlyMap<string, readonly Attachment[]> => attachments };
}

function goesOn(action: UsedAction | null): boolean {
  const prompts = action?.steps?.filter((step) => step.do === 'prompt') ?? [];
  return prompts.length > 1 || prompts.some((step) => step.do === 'prompt' && step.each === true);
}
