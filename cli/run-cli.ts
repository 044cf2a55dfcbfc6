import { parseArgs } from 'node:util';
import { toErrorShape } from '../contract/errors.ts';
import { coreVersion } from '../core/version.ts';
import { ask } from './ask.ts';
import { chat } from './chat.ts';
import { doctor } from './doctor.ts';
import { exitCodes } from './exit-codes.ts';
import { history } from './history.ts';
import { models } from './models.ts';
import { sayNotices } from './notices.ts';
import { type Env, openSession, type Session } from './session.ts';
import { createCliWords, type Words } from './words.ts';

export interface CommandInput {
  readonly session: Session;
  readonly words: Words;
  readonly args: readonly string[];
  readonly model: string | null;
  readonly json: boolean;
  /** Of `doctor`: the ways to other applications instead. */
  readonly capture: boolean;
  /** Paths as they were given. */
  readonly files: readonly string[];
}

const commands: Readonly<Record<string, (input: CommandInput) => Promise<number>>> = {
  ask,
  chat,
  doctor,
  history,
  models,
};

/** Runs one command and answers its exit code. Expected errors become a sentence on standard error. */
export async function runCli(argv: readonly string[], env: Env): Promise<number> {
  const words = createCliWords(env);
  const parsed = parse(argv);
  if (parsed === null) return complain(words.say('usage'), exitCodes.usage);
  const { values, positionals } = parsed;
  if (values.version) return print(coreVersion);
  const [name, ...args] = positionals;
  if (values.help || name === undefined || name === 'help') return print(words.say('help').trimEnd());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return complain(words.say('usage'), exitCodes.usage);
  let session: Session | null = null;
  try {
    session = await openSession(env);
    const options = {
      model: values.model ?? null,
      json: values.json === true,
      capture: values.capture === true,
      files: values.file ?? [],
    };
    if (name !== 'doctor' && name !== 'models') await sayNotices(session, words);
    return await command({ session, words, args, ...options });
  } catch (error) {
    if (values.json) print(JSON.stringify({ ok: false, error: toErrorShape(error) }));
    return complain(
      words.error(error),
      toErrorShape(error).code.startsWith('model/') ? exitCodes.noModel : exitCodes.failed,
    );
  } finally {
    await session?.close();
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        model: { type: 'string', short: 'm' },
        json: { type: 'boolean' },
        capture: { type: 'boolean' },
        file: { type: 'string', short: 'f', multiple: true },
      },
    });
  } catch {
    return null;
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return exitCodes.done;
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}
