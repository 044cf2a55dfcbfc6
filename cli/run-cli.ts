import process from 'node:process';
import { toErrorShape } from '../contract/errors.ts';
import { coreVersion } from '../core/version.ts';
import type { Options } from './arguments.ts';
import { ask } from './ask.ts';
import { atoms } from './atoms/atoms.ts';
import { backUp, restore } from './backup.ts';
import { chat } from './chat.ts';
import { completion } from './completion/completion.ts';
import { doctor } from './doctor.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { history } from './history.ts';
import { models } from './models.ts';
import { sayNotices } from './notices.ts';
import { receipts } from './receipts.ts';
import { servers } from './servers.ts';
import { type Env, Session } from './session.ts';
import { stop } from './stop.ts';
import type { CommandName } from './table/commands.ts';
import { helpLines } from './table/help.ts';
import { readCommand, type WrongUse } from './table/read-command.ts';
import { isStandardInput } from './take-along.ts';
import { type OutputEnd, Terminal, watchOutputs, wholeOutput } from './terminal.ts';
import { toggle } from './toggle.ts';
import { createCliWords, type Words } from './words.ts';

/** What a command is given that asks no core, or asks it in a way of its own. */
export interface BareInput extends Options {
  readonly env: Env;
  readonly terminal: Terminal;
  readonly words: Words;
  /** The word that chooses a part of a command, such as `get` of `models get`. */
  readonly part: string | null;
  readonly args: readonly string[];
}

export interface CommandInput extends BareInput {
  readonly session: Pick<Session, 'client' | 'profile' | 'keep' | 'isGoneWithin'>;
}

type Asking = (input: CommandInput) => Promise<number>;
type Bare = (input: BareInput) => Promise<number>;

/** What tells nothing before it knows all can be asked anew as a whole. */
const whole =
  (command: Asking): Asking =>
  (input) =>
    input.session.keep(() => command(input));

/** Each command of the table but `help`: with a core to ask, or without. */
const commands: Readonly<Record<Exclude<CommandName, 'help'>, { readonly asks: Asking } | { readonly bare: Bare }>> = {
  ask: { asks: ask },
  chat: { asks: chat },
  run: { bare: ({ args }) => toggle(args[0]) },
  toggle: { bare: () => toggle(undefined) },
  models: { asks: whole(models) },
  servers: { asks: servers },
  atoms: { asks: atoms },
  history: { asks: whole(history) },
  receipts: { asks: receipts },
  doctor: { asks: whole(doctor) },
  backup: { bare: backUp },
  restore: { bare: restore },
  stop: { bare: stop },
  completion: { bare: completion },
};

/** These say in their own way what is to be known of the chats, or do without it. */
const withoutNotices: readonly CommandName[] = ['doctor', 'models', 'servers', 'atoms'];

/** Runs one command and answers its exit code. Expected errors become a sentence on standard error. */
export async function runCli(argv: readonly string[], env: Env): Promise<number> {
  const words = createCliWords(env);
  const terminal = openTerminal(words, env);
  const read = readCommand(argv);
  if (read.kind === 'wrong') return wrongUse(terminal, words, read.wrong);
  if (read.kind === 'version') terminal.line(coreVersion);
  if (read.kind === 'help') for (const line of helpLines(read.name, words, terminal.columns)) terminal.line(line);
  if (read.kind !== 'command' || read.name === 'help') return exitCodes.done;
  const { name, part, args, options } = read;
  if (options.files.filter(isStandardInput).length > 1) {
    terminal.note(words.say('inputTwice'));
    return exitCodes.usage;
  }
  const command = commands[name];
  const bare: BareInput = { env, terminal, words, part, args, ...options };
  let session: Session | null = null;
  try {
    if ('bare' in command) return await command.bare(bare);
    session = await openSession(env, name === 'doctor');
    const input = { ...bare, session };
    if (!withoutNotices.includes(name)) await sayNotices(input, name === 'ask');
    return await command.asks(input);
  } catch (error) {
    return sayFailure(bare, error);
  } finally {
    await session?.close();
  }
}

/** What went wrong, as a sentence and for programs, and the exit code for it. */
function sayFailure({ terminal, words, json }: BareInput, error: unknown): number {
  if (json) terminal.json({ ok: false, error: words.withSentence(toErrorShape(error)) });
  terminal.note(words.error(error));
  return exitCodeOf(toErrorShape(error));
}

/** What cannot be written ends the command: quietly when nobody reads it any more, else with why. */
function openTerminal(words: Words, env: Env): Terminal {
  const onErrEnd = (why: OutputEnd) => process.exit(why === 'closed' ? exitCodes.closed : exitCodes.failed);
  const err = wholeOutput(process.stderr, onErrEnd);
  const onOutEnd = (why: OutputEnd) => {
    if (why !== 'closed') new Terminal(err, err).note(words.say('notWritten', { context: why }));
    process.exit(why === 'closed' ? exitCodes.closed : exitCodes.failed);
  };
  watchOutputs([process.stdout], onOutEnd);
  watchOutputs([process.stderr], onErrEnd);
  return new Terminal(wholeOutput(process.stdout, onOutEnd), err, env);
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

/** What was wrong, what was most likely meant, and where the rest stands. */
function wrongUse(terminal: Terminal, words: Words, { what, values, meant }: WrongUse): number {
  const { kind } = values;
  const said = kind === undefined ? values : { ...values, word: words.say(`argument.${kind}`) };
  const { command } = values;
  const known = what !== 'command' && what !== 'option' && command !== undefined;
  const parts = [
    words.say(`wrong.${what}`, said),
    ...(meant === null ? [] : [words.say('wrong.meant', { meant })]),
    ...(what === 'command' ? [words.say('wrong.ask', { command: command ?? '' })] : []),
    known ? words.say('usageOf', { command: command.split(' ')[0] ?? '' }) : words.say('usage'),
  ];
  terminal.note(words.join(parts));
  return exitCodes.usage;
}
