import type { UsedAction } from '../../contract/atom.ts';
import { AppError, type AppErrorShape } from '../../contract/errors.ts';
import type { runsRoutes } from '../../contract/routes/runs.ts';
import { languageOfText } from '../../text/language.ts';
import type { Handlers } from '../../wire/server.ts';
import { Answers } from '../answers/answers.ts';
import type { ChainMeans } from '../answers/chain-means.ts';
import { Forms } from '../answers/forms.ts';
import type { Atoms } from '../atoms/atoms.ts';
import type { Context } from '../context/context.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { readQuestion } from '../conversations/text.ts';
import * as unstored from '../conversations/unstored.ts';
import type { ChatNotices } from '../database/chat-notices.ts';
import type { Drafts } from '../drafts.ts';
import type { Files } from '../files/files.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Library } from '../library.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import type { ModelSpeeds } from '../models/model-speeds.ts';
import { waitForModel } from '../models/wait-for-model.ts';
import type { PutBack } from '../put-back/put-back.ts';
import { toRichText } from '../put-back/rich-text.ts';
import type { ReadAhead } from '../read-ahead/read-ahead.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Leave } from '../rules/leave.ts';
import type { Reasons } from '../rules/reasons.ts';
import type { Destination } from '../sending/destination.ts';
import type { CoreBase } from '../surroundings.ts';
import { composeExpand, useAction } from './expanding.ts';
import { composeLook, leavingOf } from './looks.ts';
import { nothing } from './nothing.ts';
import { personsLanguage } from './persons-language.ts';
import { composeRouting } from './routing.ts';
import type { composeServers } from './servers.ts';

export interface AnswerNeeds {
  readonly conversations: Conversations;
  readonly context: Context;
  readonly files: Files;
  readonly readAhead: ReadAhead;
  readonly atoms: Atoms;
  readonly putBack: PutBack;
  readonly models: ModelChoice;
  readonly speeds: ModelSpeeds;
  readonly jobs: Jobs;
  readonly library: Library;
  readonly leave: Leave<Destination>;
  readonly drafts: Drafts;
  readonly reasons: Reasons;
  readonly deedsOf: ChainMeans['deedsOf'];
  readonly asked: ReturnType<typeof composeServers>['asked'];
}

/** Where it is kept and told what an answer came to. */
export interface AnswerNotes {
  readonly receipts: Receipts;
  readonly notices: ChatNotices;
}

/** Answers that are being made. */
export function composeAnswers(base: CoreBase, needs: AnswerNeeds, { receipts, notices }: AnswerNotes) {
  const { conversations, context, files, readAhead, atoms, putBack, speeds, jobs, library, leave, drafts, asked } =
    needs;
  const { modelFor, find, routeOfWriting, recipientOf, wouldAsk } = composeRouting(base, needs);
  const forms = new Forms();
  const chains = chainMeans(base, { recipientOf, wouldAsk, deedsOf: needs.deedsOf }, leave, forms);
  const expand = composeExpand(base, atoms);
  const reading = {
    conversations,
    readQuestion,
    whyNothing: () => context.whyNothing,
    chooseAction: (id: string, text: string) => useAction(atoms, expand, id, languageOfText(text)),
    nameOf: (action: UsedAction) => action.name[personsLanguage(base)],
  };
  const plainOf = (markdown: string) => toRichText(markdown)?.text ?? markdown;
  const answers = new Answers({
    ...reading,
    takeChips: (chipIds) => context.take(chipIds),
    onAsked: (questionId, attachments) => {
      readAhead.stop();
      putBack.remember(questionId, attachments);
    },
    onBegin: ({ answerId, questionId, conversationId }, agreed) => {
      asked.pseudonyms.move(questionId, conversationId);
      if (agreed !== null) leave.agree(answerId, agreed);
    },
    chooseModel: (wanted, onWaiting, signal, answerId) =>
      waitForModel(() => modelFor(wanted, answerId), jobs.state, onWaiting, signal),
    chooseHere: (why) => answeredHere(why, needs.models, notices),
    plainOf,
    chains,
    onLocalCalls: (answerId, calls) => receipts.addLocal(answerId, calls),
    onMeasured: (modelId, wordsPerSecond) => speeds.remember(modelId, wordsPerSecond),
    onPlan: ({ plan, reason }) => base.log.write('answer-planned', { plan, reason }),
    onChange: (runningRuns) => library.runsChanged(runningRuns),
  });
  const drafting = { ...reading, textsOf: (chipIds: readonly string[]) => context.textsOf(chipIds), unstored };
  const look = composeLook({ ...asked, ...{ leave, drafts, plainOf, chains, drafting, chooseModel: find } });
  const route = (input: Parameters<typeof routeOfWriting>[0]) => routeOfWriting(input, drafting);
  asked.later.onChange((answerId, hash) => answers.ask(answerId, hash));
  forms.onChange((answerId, form) => answers.askForm(answerId, form));
  return { answers, handlers: handlersOf({ answers, files, look, route, asked, forms }) };
}

/** What chains are told of their values, and do and ask outside. */
function chainMeans(
  { host }: CoreBase,
  told: Pick<ChainMeans, 'recipientOf' | 'wouldAsk' | 'deedsOf'>,
  leave: AnswerNeeds['leave'],
  forms: Forms,
): ChainMeans {
  return {
    ...told,
    reachOf: (answerId) => leave.reachOf(answerId),
    showsLater: (answerId) => leave.showsLater(answerId),
    askForm: (answerId, fields, signal) => forms.ask(answerId, fields, signal),
    privateNames: () => host.settings().privateNames,
  };
}

/** The model of this machine for what the budget does not let leave; the person is told. */
async function answeredHere(why: AppErrorShape, models: ModelChoice, notices: ChatNotices) {
  const here = await models.findHere();
  if (here !== null) notices.answeredHere(why.values ?? {}, here.model.identity.name);
  return here;
}

interface AnswerParts {
  readonly answers: Answers;
  readonly files: Files;
  readonly look: ReturnType<typeof composeLook>;
  readonly asked: AnswerNeeds['asked'];
  readonly forms: Forms;
  readonly route: Handlers<typeof runsRoutes>['requests']['run.route'];
}

function handlersOf({ answers, files, look, route, asked, forms }: AnswerParts): Handlers<typeof runsRoutes> {
  return {
    requests: {
      'run.route': route,
      'run.look': async (input) => {
        if (input.of === 'question') await files.settled(input.chipIds);
        return look(input);
      },
      'run.start': async ({ whenBusy, ...input }, gone) => {
        // A question may be asked while its file is still being read.
        await files.settled(input.chipIds);
        return whenBusy === 'wait' ? answers.startInTurn(input, gone) : answers.start(input);
      },
      'run.again': ({ conversationId, ...going }) => answers.again(conversationId, going),
      'run.continue': ({ conversationId, ...going }) => answers.continue(conversationId, going),
      'run.shown': ({ runId }) => {
        const { answerId, reason } = answers.answerOf(runId);
        const prepared = asked.later.of(answerId);
        if (prepared === null) throw new AppError('run/not-found', 'no prompt waits');
        return leavingOf(prepared, { goesOn: false, must: true, reason }, asked);
      },
      'run.agree': ({ runId, hash }) => {
        if (asked.later.agree(answers.answerOf(runId).answerId, hash)) return null;
        throw new AppError('sending/shown-otherwise', 'not what was shown', { values: { host: '' }, action: 'look' });
      },
      'run.fill': ({ runId, formId, answers: given }) =>
        nothing(forms.fill(answers.answerOf(runId).answerId, formId, given)),
      'run.cancel': ({ runId }) => nothing(answers.cancel(runId)),
    },
    streams: { 'run.attach': ({ runId }, signal) => answers.attach(runId, signal) },
    states: {},
  };
}
