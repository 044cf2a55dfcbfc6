import { resolve } from 'node:path';
import { AppError, fromErrorShape } from '../contract/errors.ts';
import { showHiddenInLine } from '../locales/show-hidden.ts';
import { type Finished, readAnswer } from './answer.ts';
import { exitCodes } from './exit-codes.ts';
import { plain } from './plain.ts';
import type { CommandInput } from './run-cli.ts';
import { ensureModel } from './starter.ts';

/** `beckon ask`: one question, its answer on standard output as it comes. */
export async function ask(input: CommandInput): Promise<number> {
  const { session, words, args, model, json } = input;
  const text = await readQuestion(args);
  if (text.trim() === '') throw new AppError('message/empty', 'no question');
  const chipIds = await readFiles(input);
  await ensureModel(input);
  const started = await session.client.call('run.start', {
    conversationId: null,
    text,
    modelId: model,
    editsMessageId: null,
    chipIds,
  });
  let answer = '';
  const { isTTY } = process.stdout;
  // What a server writes may turn out to be thought, and what is in a pipe cannot be taken back.
  let isHeld = json;
  const finished = await readAnswer(session, started, {
    onWhere: (where) => {
      isHeld = json || (!isTTY && where === 'server');
    },
    onText: (piece) => {
      answer += piece;
      // A file gets what the model wrote, byte for byte; a terminal gets no orders from it.
      if (!isHeld) process.stdout.write(isTTY ? plain(piece, true) : piece);
    },
    onStartOver: (text) => {
      answer = text;
      if (!isHeld) process.stdout.write(`\n${words.say('thoughtAbove')}\n${isTTY ? plain(text, true) : text}`);
    },
    onPhase: (phase) => {
      if (phase === 'loading-model' && process.stderr.isTTY) process.stderr.write(`${words.say('loading')}\n`);
    },
  });
  if (isHeld && !json) process.stdout.write(answer);
  if (json) process.stdout.write(`${JSON.stringify(toJson(answer, started.conversationId, finished))}\n`);
  else if (answer !== '' && !answer.endsWith('\n')) process.stdout.write('\n');
  if (finished.state === 'stopped') {
    process.stderr.write(`${words.say('stopped')}\n`);
    return exitCodes.stopped;
  }
  if (finished.error !== null && finished.state !== 'complete') {
    if (!json) throw fromErrorShape(finished.error);
    return exitCodes.failed;
  }
  return exitCodes.done;
}

/** Reads the files of the command line and answers the ids to ask with; one that cannot be read ends the command. */
async function readFiles({ session, words, files }: CommandInput): Promise<string[]> {
  if (files.length === 0) return [];
  const paths = files.map((file) => resolve(file));
  const chips = await session.client.call('file.add', { paths, shown: false });
  const failed = chips.find(({ status }) => status !== 'ready');
  if (failed !== undefined) {
    const { cause, title } = failed;
    const values = { ...cause?.values, file: title ?? '' };
    throw fromErrorShape({ code: 'file/unreadable', message: 'not read', ...cause, values });
  }
  for (const { title, file } of chips) {
    const extent = file?.extent;
    if (extent != null && extent.read < extent.total && title !== null)
      process.stderr.write(`${words.say('filePartly', { file: showHiddenInLine(title), ...extent })}\n`);
  }
  return chips.map(({ id }) => id);
}

function toJson(answer: string, conversationId: string, { state, error, receipt }: Finished) {
  return { ok: state === 'complete', answer, conversationId, state, error, receipt };
}

/** Words on the command line, what is piped in, or both: a question about a text. */
async function readQuestion(args: readonly string[]): Promise<string> {
  const words = args.join(' ');
  const piped = process.stdin.isTTY || (words !== '' && !(await hasInput())) ? '' : await readAll();
  return [words, piped].filter((part) => part.trim() !== '').join('\n\n');
}

/** A shell without a terminal (cron, a desktop's key binding) gives an open standard input that never ends. */
function hasInput(): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (answer: boolean) => {
      clearTimeout(limit);
      process.stdin.off('readable', onReadable);
      process.stdin.off('end', onEnd);
      process.stdin.off('error', onEnd);
      resolve(answer);
    };
    const onReadable = () => finish(true);
    const onEnd = () => finish(false);
    const limit = setTimeout(() => finish(false), 150);
    process.stdin.once('readable', onReadable);
    process.stdin.once('end', onEnd);
    process.stdin.once('error', onEnd);
  });
}

async function readAll(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces).toString('utf8');
}
