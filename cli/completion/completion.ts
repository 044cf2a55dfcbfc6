import { exitCodes } from '../exit-codes.ts';
import type { BareInput } from '../run-cli.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `beckon completion SHELL`: what a shell reads to complete commands, made from the table of commands. */
export async function completion({ args, terminal, words }: BareInput): Promise<number> {
  const [shell = ''] = args;
  const script = Object.hasOwn(scripts, shell) ? scripts[shell as keyof typeof scripts] : undefined;
  if (script === undefined) {
    terminal.note(words.join([words.say('noSuchShell'), words.say('usageOf', { command: 'completion' })]));
    return exitCodes.usage;
  }
  terminal.line(script(words).trimEnd());
  return exitCodes.done;
}
