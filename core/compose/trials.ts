import { randomUUID } from 'node:crypto';
import { asksModel, type Step } from '../../contract/atom-steps.ts';
import type { Message } from '../../contract/conversation.ts';
import type { LabelPlan, Recipient } from '../../contract/label.ts';
import type { atomsRoutes } from '../../contract/routes/atoms.ts';
import { languageOfText } from '../../text/language.ts';
import type { Handlers } from '../../wire/server.ts';
import { requireUnbroken } from '../answers/carried-label.ts';
import { trySteps } from '../answers/try-steps.ts';
import { replacesIn, stampOf, stepsIn } from '../atoms/read-atom-file.ts';
import type { Attachment } from '../attachment.ts';
import type { Draft, Drafts } from '../drafts.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { toRichText } from '../put-back/rich-text.ts';
import { recipientOfServer } from '../servers/recipient.ts';
import type { Servers } from '../servers/servers.ts';
import { fieldsOf, sampleAnswers } from '../steps/answers.ts';
import { labelOf, planLabels } from '../steps/labels.ts';
import { textOf, textValue } from '../steps/value.ts';
import type { CoreBase } from '../surroundings.ts';
import type { Expand } from './expanding.ts';

export interface TrialNeeds {
  readonly models: ModelChoice;
  readonly servers: Servers;
  readonly drafts: Drafts;
  readonly expand: Expand;
}

type PlanInput = Parameters<Handlers<typeof atomsRoutes>['requests']['atom.plan']>[0];
type TryInput = Parameters<Handlers<typeof atomsRoutes>['streams']['atom.try']>[0];

/** What an action that is being edited would do: where its values can go, and what its steps make of a sample. */
export function composeTrials({ host }: Pick<CoreBase, 'host'>, { models, servers, drafts, expand }: TrialNeeds) {
  const labelsAlong = async ({ text, modelId }: PlanInput) => {
    const { id = '', permissions = {} } = stampOf(text);
    const given = stepsIn(text);
    const { steps, places, staysHere } = expandKnown(id, given, expand);
    const asks = steps.some((step) => step !== null && step.off !== true && asksModel(step));
    const wanted = modelId ?? host.settings().actionModels[id] ?? null;
    const here = staysHere || permissions.model === 'here' ? 'here' : 'anywhere';
    const plan = planLabels({
      ...{ steps, output: replacesIn(text) ? 'replace' : 'show' },
      first: { ...labelOf('selection'), reach: here },
      to: asks ? await askedBy(wanted, models, servers) : null,
    });
    return atPlaces(plan, places, given.length);
  };
  /** While it goes on the sample is a question that is being written, so that rules, pseudonyms and the gate know it as one. */
  async function* tried(input: TryInput, signal: AbortSignal) {
    const { text, sample, from, given, asksModel: mayAsk, modelId } = input;
    const value = given ?? textValue(sample);
    const trialId = `trial-${randomUUID()}`;
    const tools = {
      language: languageOfText(sample),
      now: new Date(),
      plainOf: (markdown: string) => toRichText(markdown)?.text ?? markdown,
      privateNames: host.settings().privateNames,
    };
    const { id = '' } = stampOf(text);
    const { steps: all } = expandKnown(id, stepsIn(text), expand);
    const answers = sampleAnswers(fieldsOf(all.filter((step) => step !== null)), tools.language, tools.now);
    const askModel = async () => {
      requireUnbroken(await labelsAlong({ text, modelId }));
      const { model, sampling } = await models.find(modelId, trialId);
      return { model, sampling, identity: model.identity };
    };
    using _held = drafts.hold(trialId, draftOf(trialId, [...new Set([sample, textOf(value)])]));
    const steps = { steps: stepsIn(text), from, value, replaces: replacesIn(text) };
    const own = (step: Step) => expand(id, [step]).steps;
    const filled = { ...tools, answers };
    yield* trySteps({ ...steps, expand: own, tools: filled, trialId, asksModel: mayAsk, askModel, signal });
  }
  return { labelsAlong, tried };
}

/** Each step as it is done; one that is wrong, or calls what cannot be called, stays as it is. */
function expandKnown(id: string, steps: readonly (Step | null)[], expand: Expand) {
  let staysHere = false;
  const own = steps.map((step): readonly (Step | null)[] => {
    try {
      if (step === null) return [null];
      const expanded = expand(id, [step]);
      staysHere ||= expanded.staysHere;
      return expanded.steps;
    } catch {
      return [step];
    }
  });
  return { steps: own.flat(), places: own.flatMap((made, place) => made.map(() => place)), staysHere };
}

/** A plan of all that is done, told by the steps that a person sees. */
function atPlaces({ labels, edges, to }: LabelPlan, places: readonly number[], count: number): LabelPlan {
  const last = labels.length - 1;
  const firstAt = (place: number) => {
    const at = places.findIndex((one) => one >= place);
    return at < 0 ? last : at;
  };
  const comes = Array.from({ length: count + 1 }, (_, place) => labels[firstAt(place)] ?? labels[last]);
  return {
    labels: comes.filter((label) => label !== undefined),
    edges: edges.map((edge) => ({ ...edge, step: places[edge.step] ?? count })),
    to,
  };
}

/** Who is asked where a model is wanted, or the chosen one; null where nothing can answer. */
async function askedBy(modelId: string | null, models: ModelChoice, servers: Servers): Promise<Recipient | null> {
  const id = modelId !== null && (await models.exists(modelId)) ? modelId : await models.chosenId();
  if (id === null) return null;
  const served = servers.served(id);
  if (served !== null) return recipientOfServer(served.server);
  return { host: null, name: '', place: 'this-machine', training: 'no' };
}

/** A chat of one question about these texts, as if each had been selected. */
function draftOf(trialId: string, texts: readonly string[]): Draft {
  const said = { text: '', thinking: '', error: null, receipt: null, canGoOn: false, attachments: [], action: null };
  const common = { ...said, conversationId: trialId, createdAt: 0 };
  const question: Message = { ...common, id: `${trialId}-question`, role: 'user', state: 'complete' };
  const answer: Message = { ...common, id: trialId, role: 'assistant', state: 'growing' };
  const attachments = texts.filter((text) => text !== '').map(selected);
  return { key: trialId, messages: [question, answer], attachments: new Map([[question.id, attachments]]) };
}

function selected(text: string): Attachment {
  return {
    ...{ kind: 'selection', text, application: null, title: null, positions: null },
    ...{ targetId: null, editable: false, needsFocus: false },
  };
}
