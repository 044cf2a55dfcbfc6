import process from 'node:process';
import { toErrorShape } from '../contract/errors.ts';
import { coreVersion } from '../core/version.ts';
import { readArguments } from './arguments.ts';
import { ask } from './ask.ts';
import { chat } from './chat.ts';
import { doctor } from './doctor.ts';
import { exitCodes } from './exit-codes.ts';
import { history } from './history.ts';
import { models } from './models.ts';
import { sayNotices } from './notices.ts';
import { type Env, Session } from './session.ts';
import { isStandardInput } from './take-along.ts';
import { type OutputEnd, Terminal, watchOutputs, wholeOutput } from './terminal.ts';
import { createCliWords, type Words } from './words.ts';

export interface CommandInput {
  readonly session: Pick<Session, 'client' | 'profile' | 'keep' | 'isGoneWithin'>;
  readonly terminal: Terminal;
  readonly words: Words;
  readonly args: readonly string[];
  readonly model: string | null;
  readonly json: boolean;
  /** True for `doctor --capture`: the ways to other applications are tried instead. */
  readonly capture: boolean;
  /** Paths as they were given. */
  readonly files: readonly string[];
}

type Command = (input: CommandInput) => Promise<number>;

/** What tells nothing before it knows all can be asked anew as a whole. */
const whole =
  (command: Command): Command =>
  (input) =>
    input.session.keep(() => command(input));

const commands: Readonly<Record<string, Command>> = {
  ask,
  chat,
  doctor: whole(doctor),
  history: whole(history),
  models: whole(models),
};

/** Runs one command and answers its exit code. Expected errors become a sentence on standard error. */
export async function runCli(argv: readonly string[], env: Env): Promise<number> {
  const words = createCliWords(env);
  const terminal = openTerminal(words);
  const parsed = readArguments(argv);
  if (!parsed.ok) return wrongUse(terminal, words, 'notAnOption', { argument: parsed.argument });
  const { options, words: positionals } = parsed;
  if (options.files.filter(isStandardInput).length > 1) return wrongUse(terminal, words, 'inputTwice', {});
  const { json } = options;
  const [name, ...args] = positionals;
  if (options.version || options.help || name === undefined || name === 'help') {
    terminal.line(options.version ? coreVersion : words.say('help').trimEnd());
    return exitCodes.done;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return wrongUse(terminal, words, 'notACommand', { command: name });
  let session: Session | null = null;
  try {
    session = await openSession(env, name === 'doctor');
    const input = { session, terminal, words, args, ...options };
    if (name !== 'doctor' && name !== 'models') await sayNotices(input);
    return await command(input);
  } catch (error) {
    if (json) terminal.json({ ok: false, error: toErrorShape(error) });
    terminal.note(words.error(error));
    return toErrorShape(error).code.startsWith('model/') ? exitCodes.noModel : exitCodes.failed;
  } finally {
    await session?.close();
  }
}

/** What cannot be written ends the command: quietly when nobody reads it any more, else with why. */
function openTerminal(words: Words): Terminal {
  const onErrEnd = (why: OutputEnd) => process.exit(why === 'closed' ? exitCodes.closed : exitCodes.failed);
  const err = wholeOutput(process.stderr, onErrEnd);
  const onOutEnd = (why: OutputEnd) => {
    if (why !== 'closed') new Terminal(err, err).note(words.say('notWritten', { context: why }));
    process.exit(why === 'closed' ? exitCodes.closed : exitCodes.failed);
  };
  watchOutputs([process.stdout], onOutEnd);
  watchOutputs([process.stderr], onErrEnd);
  return new Terminal(wholeOutput(process.stdout, onOutEnd), err);
}

/** Where the chats cannot be opened, all else can be looked at. */
async function openSession(env: Env, isToLook: boolean): Promise<Session> {
  try {
    return await Session.open(env);
  } catch (error) {
    const why = toErrorShape(error);
    if (!isToLook || !/^(database|disk)\//.test(why.code)) throw error;
    return Session.withoutChats(env, why);
  }
}

function wrongUse(terminal: Terminal, words: Words, key: string, values: Readonly<Record<string, string>>): number {
  terminal.note(`${words.say(key, values)} ${words.say('usage')}`);
  return exitCodes.usage;
}
