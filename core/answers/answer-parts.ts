import type { UsedAction } from '../../contract/atom.ts';
import type { FormField } from '../../contract/atom-forms.ts';
import type { Message } from '../../contract/conversation.ts';
import { AppError } from '../../contract/errors.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import type { StepTools } from '../steps/run-plain-step.ts';
import type { AskedModel } from './asked-model.ts';
import type { AnswerIds } from './audience.ts';
import { answerBySteps } from './by-steps.ts';
import { type ChainMeans, firstLabel, isKnownLater } from './chain-means.ts';
import type { ChosenModel, WantedModel } from './chosen-model.ts';
import type { GrowingText } from './growing-text.ts';
import { answerByPlan, type Choice } from './plan.ts';
import type { PlanPart } from './plans/plan.ts';
import { readQuestion } from './question.ts';

/** What is asked of chats. */
export interface ReadChats {
  get(conversationId: string): { readonly messages: readonly Message[] };
  attachmentsOf(conversationId: string): ReadonlyMap<string, readonly Attachment[]>;
}

/** What an answer is made with. */
export interface AnswerMeans {
  readonly ids: AnswerIds;
  readonly conversations: ReadChats;
  readonly text: GrowingText;
  /** The model, chosen now, with its calls noted. */
  readonly askModel: () => Promise<ChosenModel & { readonly asked: AskedModel }>;
  readonly wanted: WantedModel;
  /** What chains are told and do beside answering; left out where they do nothing else. */
  readonly chains?: ChainMeans | undefined;
  readonly plainOf: StepTools['plainOf'];
  readonly onPlan: (choice: Choice) => void;
  readonly signal: AbortSignal;
}

/** The parts of an answer: by steps where its action has some, else by a plan for the whole question. */
export async function* answerParts(means: AnswerMeans): AsyncGenerator<PlanPart> {
  const { ids, conversations, onPlan, signal } = means;
  const { messages } = conversations.get(ids.conversationId);
  const action = messages.find(({ id }) => id === ids.questionId)?.action ?? null;
  const ask = () => means.askModel().then((chosen) => stayingWith(chosen, action));
  if (action?.steps === undefined) {
    const { asked, sampling } = await ask();
    yield* answerByPlan(questionOf(means, sampling), asked, signal, onPlan);
    return;
  }
  const texts = textsOf(conversations.attachmentsOf(ids.conversationId).get(ids.questionId) ?? []);
  const text = texts.map((one) => one.text).join('\n\n');
  let chosen: ReturnType<AnswerMeans['askModel']> | null = null;
  const askModel = async () => {
    chosen ??= ask();
    const { asked: model, sampling, model: found } = await chosen;
    const { chains } = means;
    return { model, sampling, ...(chains === undefined ? {} : { to: chains.recipientOf(found.identity) }) };
  };
  const privateNames = means.chains?.privateNames?.() ?? [];
  const tools = { language: languageOfText(text), now: new Date(), plainOf: means.plainOf, privateNames };
  const { steps, output, places } = action;
  const edges = { ...edgesOf(means, action, texts), ...(places === undefined ? {} : { places }) };
  yield* answerBySteps({ steps, output, text, answerId: ids.answerId, tools, askModel, signal, onPlan, ...edges });
}

/** An action whose file says that its questions stay here asks no model elsewhere. Throws `atom/only-here`. */
function stayingWith<Chosen extends ChosenModel>(chosen: Chosen, action: UsedAction | null): Chosen {
  if (action?.stays !== 'here' || chosen.model.identity.where === 'device') return chosen;
  throw new AppError('atom/only-here', `${action.id} stays on this machine`, { action: 'choose-model' });
}

function questionOf({ ids, conversations, text }: AnswerMeans, sampling: ChosenModel['sampling']) {
  const { messages } = conversations.get(ids.conversationId);
  return readQuestion({ ids, messages, attachments: conversations.attachmentsOf(ids.conversationId), sampling, text });
}

/** What is known of the texts, and what may be done with them outside. */
function edgesOf(
  { chains, wanted, signal, ids: { answerId } }: AnswerMeans,
  action: UsedAction,
  texts: readonly Attachment[],
) {
  if (chains === undefined) return {};
  if (isKnownLater(action)) chains.showsLater?.(answerId);
  const { askForm } = chains;
  return {
    ...(askForm === undefined ? {} : { askForm: (fields: readonly FormField[]) => askForm(answerId, fields, signal) }),
    label: firstLabel(texts, chains.reachOf(answerId)),
    wouldAsk: () => chains.wouldAsk(wanted, answerId),
    deeds: chains.deedsOf(action),
  };
}

/** The name of a window is not a text to work on. */
function textsOf(attachments: readonly Attachment[]): readonly Attachment[] {
  return attachments.filter(({ kind }) => kind !== 'window');
}
