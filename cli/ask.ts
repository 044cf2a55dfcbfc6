import { randomUUID } from 'node:crypto';
import { questionLimit } from '../contract/conversation.ts';
import { AppError, fromErrorShape } from '../contract/errors.ts';
import { decodeQuestion } from '../core/decode-question.ts';
import { type Finished, readAnswer, WrittenText } from './answer.ts';
import { exitCodes } from './exit-codes.ts';
import { onInterrupt } from './interrupts.ts';
import type { CommandInput } from './run-cli.ts';
import { readStandardInput } from './standard-input.ts';
import { ensureModel } from './starter.ts';
import { summed } from './summed-receipt.ts';
import { isStandardInput, nameOfInput, noteWaiting, readSources, type Source, takeAlong } from './take-along.ts';
import { findModel, sayGoesTo } from './where.ts';

interface Question {
  readonly id: string;
  readonly text: string;
  readonly actionId: string | null;
  readonly sources: readonly Source[];
}

/** What is done with files that nothing is asked about. */
const actionForFiles = 'summarise';

/** `beckon ask`: one question, its answer on standard output as it comes. */
export async function ask(input: CommandInput): Promise<number> {
  const { session, words, terminal, json } = input;
  const question = await readQuestion(input);
  let isHeld = json;
  const written = new WrittenText(
    (piece) => {
      if (!isHeld) terminal.answer(piece);
    },
    () => {
      if (!isHeld) terminal.answer('\n');
      terminal.note(words.say('writtenAnew'));
    },
  );
  const { finished, conversationId } = await session.keep(() =>
    askOnce(input, question, written, (takesBack) => {
      // What is in a pipe cannot be taken back.
      isHeld = json || (!terminal.isScreen && takesBack);
    }),
  );
  if (isHeld && !json) terminal.answer(written.text);
  const { state, error, receipt } = finished;
  if (json) {
    const answer = { answer: written.text, conversationId, state, error };
    terminal.json({ ok: state === 'complete', ...answer, receipt: receipt === null ? null : summed(receipt) });
  } else if (written.text !== '' && !written.text.endsWith('\n')) terminal.answer('\n');
  if (state === 'stopped') {
    terminal.note(words.say('stopped'));
    return exitCodes.stopped;
  }
  if (error !== null && state !== 'complete') {
    if (!json) throw fromErrorShape(error);
    return exitCodes.failed;
  }
  return exitCodes.done;
}

async function askOnce(
  input: CommandInput,
  { id, text, actionId, sources }: Question,
  written: WrittenText,
  onTakesBack: (takesBack: boolean) => void,
): Promise<{ readonly finished: Finished; readonly conversationId: string }> {
  const { session, words, terminal, model } = input;
  const chipIds = await takeAlong(sources, input);
  await ensureModel(input);
  const row = await findModel(input, model);
  // Before anything goes, where somebody can see it.
  if (row !== null && row.host !== null && terminal.isWatched) terminal.note(sayGoesTo(input, row));
  // Stored once under this id, however often it is asked.
  const asked = { questionId: id, conversationId: null, text, modelId: model, editsMessageId: null, actionId, chipIds };
  const started = await session.client.call('run.start', asked);
  written.begin();
  const interrupt = onInterrupt(() => void session.client.request('run.cancel', { runId: started.runId }));
  try {
    const finished = await readAnswer(input, started, {
      onTakesBack,
      onText: (piece) => written.add(piece),
      onStartOver: (answer) => {
        if (terminal.isScreen) terminal.answer(`\n${words.say('thoughtAbove')}\n`);
        written.startOver(answer);
      },
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
