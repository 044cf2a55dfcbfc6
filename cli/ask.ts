import { randomUUID } from 'node:crypto';
import { questionLimit } from '../contract/conversation.ts';
import { AppError, fromErrorShape } from '../contract/errors.ts';
import { decodeQuestion } from '../core/decode-question.ts';
import { type Finished, readAnswer, WrittenText } from './answer.ts';
import { answerView } from './answer-view.ts';
import { beforeSending, laterPrompt } from './before-sending.ts';
import { findChat } from './chats.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { fillForm } from './fill-form.ts';
import { onInterrupt } from './interrupts.ts';
import { asNotAsked } from './not-asked.ts';
import { sayBudget } from './notices.ts';
import { openKeys } from './passphrase.ts';
import type { CommandInput } from './run-cli.ts';
import { readStandardInput } from './standard-input.ts';
import { ensureModel } from './starter.ts';
import { summed } from './summed-receipt.ts';
import { isStandardInput, nameOfInput, noteWaiting, readSources, type Source, takeAlong } from './take-along.ts';
import { modelIdOf } from './where.ts';

interface Question {
  readonly id: string;
  readonly text: string;
  readonly actionId: string | null;
  readonly sources: readonly Source[];
}

/** How a question is asked, whichever core it is. */
interface Asking {
  readonly question: Question;
  /** The chat it goes on with. */
  readonly conversationId: string | null;
  readonly written: WrittenText;
  readonly onTakesBack: (takesBack: boolean) => void;
  /** All so far was the model thinking. */
  readonly onThought: () => void;
}

/** What is done with files that nothing is asked about. */
const actionForFiles = 'summarise';

/** `beckon ask`: one question, its answer on standard output as it comes. */
export async function ask(input: CommandInput): Promise<number> {
  const { session, words, terminal, json, raw, goesOn } = input;
  const question = await readQuestion(input);
  const conversationId = goesOn === null ? null : (await findChat(input, goesOn)).id;
  const view = answerView(terminal, raw);
  let isHeld = json;
  const written = new WrittenText(
    (piece) => {
      if (!isHeld) view.add(piece);
    },
    () => {
      if (!isHeld) view.end();
      terminal.note(words.say('writtenAnew'));
    },
  );
  const onTakesBack = (takesBack: boolean) => {
    // What is in a pipe cannot be taken back.
    isHeld = json || (!terminal.isScreen && takesBack);
  };
  const onThought = () => {
    if (!terminal.isScreen) return;
    view.end();
    terminal.line(words.say('thoughtAbove'));
  };
  const asking = { question, conversationId, written, onTakesBack, onThought };
  const asked = await session.keep(() => askOnce(input, asking));
  if (!json) {
    if (isHeld) view.add(written.text);
    view.end();
  }
  await sayBudget(input);
  return sayEnd(input, asked, written.text);
}

/** What became of the question, and the exit code for it. */
function sayEnd(
  { words, terminal, json }: CommandInput,
  { finished, conversationId }: { readonly finished: Finished; readonly conversationId: string },
  text: string,
): number {
  const { state, error, receipt } = finished;
  if (json) {
    const told = error === null ? null : words.withSentence(error);
    const answer = { answer: text, conversationId, state, error: told };
    terminal.json({ ok: state === 'complete', ...answer, receipt: receipt === null ? null : summed(receipt) });
  }
  if (state === 'stopped') {
    terminal.note(words.say('stopped'));
    return exitCodes.stopped;
  }
  if (error === null || state === 'complete') return exitCodes.done;
  if (!json) throw fromErrorShape(error);
  return exitCodeOf(error);
}

async function askOnce(
  input: CommandInput,
  { question, conversationId, written, onTakesBack, onThought }: Asking,
): Promise<{ readonly finished: Finished; readonly conversationId: string }> {
  const { session, words, terminal } = input;
  const { id, text, actionId, sources } = question;
  const chipIds = await takeAlong(sources, input);
  await ensureModel(input);
  const modelId = await modelIdOf(input);
  await openKeys(input, modelId);
  // Stored once under this id, however often it is asked.
  const asked = {
    questionId: id,
    conversationId,
    text,
    modelId,
    editsMessageId: null,
    actionId,
    chipIds,
    whenBusy: 'wait',
  } as const;
  const agreed = await beforeSending(input, asked);
  const started = await session.client
    .call('run.start', { ...asked, agreed })
    .catch((error) => Promise.reject(asNotAsked(error)));
  written.begin();
  const interrupt = onInterrupt(() => void session.client.request('run.cancel', { runId: started.runId }));
  try {
    const finished = await readAnswer(input, started, {
      onTakesBack,
      onText: (piece) => written.add(piece),
      onStartOver: (answer) => {
        onThought();
        written.startOver(answer);
      },
      onAsks: () => void laterPrompt(input, started.runId),
      onForm: (form) => void fillForm(input, started.runId, form),
      onPhase: (phase) => {
        if (phase === 'loading-model' && terminal.isWatched) terminal.note(words.say('loading'));
      },
      stopped: interrupt.stopped,
    });
    return { finished, conversationId: started.conversationId };
  } finally {
    interrupt.dispose();
  }
}

/** Words on the command line, and texts they are about. What is piped in without words is the question itself. */
async function readQuestion(input: CommandInput): Promise<Question> {
  const { args, files } = input;
  const id = `m-${randomUUID()}`;
  const text = args.join(' ');
  const sources = await readSources(files, input);
  const piped = files.some(isStandardInput)
    ? Buffer.alloc(0)
    : await readStandardInput(text.trim() === '' && files.length === 0 ? 'wanted' : 'if-piped', () =>
        noteWaiting(input, '-'),
      );
  const isBlank = piped.every((byte) => [9, 10, 13, 32].includes(byte));
  if (text.trim() !== '') {
    const about = isBlank ? sources : [...sources, { name: nameOfInput(input), bytes: piped }];
    return { id, text, actionId: null, sources: about };
  }
  if (!isBlank) {
    const question = decodeQuestion(piped);
    if (question === null)
      throw new AppError('file/binary', 'no text was piped in', { values: { file: nameOfInput(input) } });
    // Told here: a core takes no message of that size.
    if (question.length > questionLimit)
      throw new AppError('message/too-large', 'more was piped in than a question can be', {
        values: { length: question.length, limit: questionLimit },
      });
    return { id, text: question, actionId: null, sources };
  }
  if (sources.length === 0) throw new AppError('message/empty', 'no question');
  return { id, text: '', actionId: actionForFiles, sources };
}
