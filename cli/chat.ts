import { createInterface } from 'node:readline';
import type { RunStarted } from '../contract/run.ts';
import { readAnswer } from './answer.ts';
import { exitCodes } from './exit-codes.ts';
import { plain } from './plain.ts';
import type { CommandInput } from './run-cli.ts';
import { ensureModel } from './starter.ts';

/** `beckon chat`: the terminal face of the main job; works over ssh and without a display. */
export async function chat(input: CommandInput): Promise<number> {
  const { session, words } = input;
  let model = input.model;
  let conversationId: string | null = null;
  await ensureModel(input);
  process.stdout.write(`${words.say('chatWelcome', { model: await modelName(input, model) })}\n`);
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY === true,
    prompt: '› ',
  });
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (text === '/quit' || text === '/exit') break;
    if (text === '/new') conversationId = null;
    else if (text.startsWith('/model')) model = text.slice(6).trim() || model;
    else if (text !== '') {
      try {
        const started: RunStarted = await session.client.call('run.start', {
          conversationId,
          text,
          modelId: model,
          editsMessageId: null,
        });
        conversationId = started.conversationId;
        lines.pause();
        const finished = await readAnswer(session, started, {
          onText: (piece) => process.stdout.write(plain(piece, true)),
          onStartOver: (text) => process.stdout.write(`\n${words.say('thoughtAbove')}\n${plain(text, true)}`),
          onPhase: () => {},
        });
        process.stdout.write('\n');
        if (finished.state === 'stopped') process.stdout.write(`${words.say('stopped')}\n`);
        else if (finished.error !== null) process.stdout.write(`${words.error(finished.error)}\n`);
        else if (finished.receipt !== null) process.stdout.write(`${sayReceipt(input, finished.receipt)}\n`);
      } catch (error) {
        process.stdout.write(`${words.error(error)}\n`);
      }
      lines.resume();
    }
    lines.prompt();
  }
  lines.close();
  return exitCodes.done;
}

async function modelName({ session }: CommandInput, model: string | null): Promise<string> {
  const rows = await session.client.call('model.list', {});
  const row = rows.find((candidate) => (model === null ? candidate.chosen : candidate.id === model));
  return row?.name ?? model ?? '';
}

function sayReceipt(
  { words }: CommandInput,
  receipt: {
    where: string;
    host: string | null;
    modelName: string;
    firstTextMs: number | null;
    wordsPerSecond: number | null;
  },
): string {
  const { where, host, modelName: model, firstTextMs, wordsPerSecond } = receipt;
  const line = words.say('receipt', {
    where: where === 'device' ? words.say('onDevice') : (host ?? ''),
    model,
    seconds: ((firstTextMs ?? 0) / 1000).toFixed(1),
  });
  // An answer of a word or two has no speed worth telling.
  return wordsPerSecond ? line + words.say('receiptSpeed', { speed: wordsPerSecond }) : line;
}
