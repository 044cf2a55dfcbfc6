import process from 'node:process';
import { atKeyboard, type Person } from './before-sending.ts';
import { runChatCommand } from './chat-commands.ts';
import { ChatLines } from './chat-lines.ts';
import { exitCodes } from './exit-codes.ts';
import { openKeys } from './passphrase.ts';
import type { CommandInput } from './run-cli.ts';
import { ensureModel } from './starter.ts';
import { readSources } from './take-along.ts';
import { Talk } from './talk.ts';
import { modelIdOf } from './where.ts';

/** `beckon chat`: the terminal face of the main job; works over ssh and without a display. */
export async function chat(input: CommandInput): Promise<number> {
  const { session, files, goesOn, args } = input;
  const sources = await readSources(files, input);
  const model = await session.keep(async () => {
    await ensureModel(input);
    const modelId = await modelIdOf(input);
    await openKeys(input, modelId);
    return modelId;
  });
  const lines = new ChatLines({ input: process.stdin, output: process.stdout });
  const person: Person = { isThere: atKeyboard.isThere, type: () => lines.aside(atKeyboard.type) };
  const talk = new Talk({ ...input, model }, sources, person);
  const named = goesOn || (args[0] ?? goesOn);
  if (named !== null) await talk.goOn(named);
  await talk.welcome();
  try {
    for (let line = await lines.read(); line !== null; line = await lines.read()) {
      const text = line.trim();
      if (text === '/quit' || text === '/exit') break;
      lines.pause();
      if (text !== '') await take(talk, text);
      lines.resume();
    }
  } finally {
    lines.dispose();
  }
  return exitCodes.done;
}

/** A question, or a command. Whatever goes wrong is said, and the chat goes on. */
export async function take(talk: Talk, text: string): Promise<void> {
  try {
    if (!(await runChatCommand(talk, text))) await talk.ask(text);
  } catch (error) {
    talk.sayError(error);
  }
}
