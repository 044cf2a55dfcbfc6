import type { runsRoutes } from '../../contract/routes/runs.ts';
import { languageOfText } from '../../text/language.ts';
import type { Handlers } from '../../wire/server.ts';
import { Answers } from '../answers/answers.ts';
import type { Atoms } from '../atoms/atoms.ts';
import type { Context } from '../context/context.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { readQuestion } from '../conversations/text.ts';
import type { ChatNotices } from '../database/chat-notices.ts';
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
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';
import { personsLanguage } from './persons-language.ts';

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
}

/** Where it is kept and told what an answer came to. */
export interface AnswerNotes {
  readonly receipts: Receipts;
  readonly notices: ChatNotices;
}

/** Answers that are being made. */
export function composeAnswers(base: CoreBase, needs: AnswerNeeds, { receipts, notices }: AnswerNotes) {
  const { conversations, context, files, readAhead, atoms, putBack, models, speeds, jobs, library } = needs;
  const answers = new Answers({
    conversations,
    readQuestion,
    takeChips: (chipIds) => context.take(chipIds),
    whyNothing: () => context.whyNothing,
    chooseAction: (actionId, text) => atoms.use(actionId, languageOfText(text)),
    nameOf: (action) => action.name[personsLanguage(base)],
    onAsked: (questionId, attachments) => {
      readAhead.stop();
      putBack.remember(questionId, attachments);
    },
    chooseModel: (modelId, onWaiting, signal, answerId) =>
      waitForModel(() => models.find(modelId, answerId), jobs.state, onWaiting, signal),
    chooseHere: async (why) => {
      const here = await models.findHere();
      if (here !== null) notices.answeredHere(why.values ?? {}, here.model.identity.name);
      return here;
    },
    plainOf: (markdown) => toRichText(markdown)?.text ?? markdown,
    onLocalCalls: (answerId, calls) => receipts.addLocal(answerId, calls),
    onMeasured: (modelId, wordsPerSecond) => speeds.remember(modelId, wordsPerSecond),
    onPlan: ({ plan, reason }) => base.log.write('answer-planned', { plan, reason }),
    onChange: (runningRuns) => library.runsChanged(runningRuns),
  });
  const handlers: Handlers<typeof runsRoutes> = {
    requests: {
      'run.start': async ({ whenBusy, ...input }, gone) => {
        // A question may be asked while its file is still being read.
        await files.settled(input.chipIds);
        return whenBusy === 'wait' ? answers.startInTurn(input, gone) : answers.start(input);
      },
      'run.again': ({ conversationId, modelId }) => answers.again(conversationId, modelId),
      'run.continue': ({ conversationId }) => answers.continue(conversationId),
      'run.cancel': ({ runId }) => nothing(answers.cancel(runId)),
    },
    streams: { 'run.attach': ({ runId }, signal) => answers.attach(runId, signal) },
    states: {},
  };
  return { answers, handlers };
}
