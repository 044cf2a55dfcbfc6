import { AppError } from '../contract/errors.ts';
import type { LockedKeysState } from '../contract/key-store.ts';
import { exitCodes } from './exit-codes.ts';
import { readHidden } from './read-hidden.ts';
import type { CommandInput } from './run-cli.ts';
import { findModel } from './where.ts';

type Asking = Pick<CommandInput, 'session' | 'terminal' | 'words'>;

/** `beckon servers passphrase`: makes a place for keys where there is none, or opens the one that there is. */
export async function passphrase(input: CommandInput): Promise<number> {
  const { session, terminal, words } = input;
  const status = await statusOf(input);
  if (status === 'open') terminal.line(words.say('keysOpen'));
  else if (status === 'locked') {
    await open(input);
    terminal.line(words.say('keysOpen'));
  } else {
    const typed = await ask(input, words.say('newPassphrase'));
    if ((await ask(input, words.say('samePassphrase'))) !== typed) {
      terminal.note(words.say('passphrasesDiffer'));
      return exitCodes.failed;
    }
    await session.client.call('lockedKeys.make', { passphrase: typed });
    terminal.line(words.say('passphraseMade'));
  }
  return exitCodes.done;
}

/** Asks for the passphrase, where there is one and somebody can be asked, so that a key that was typed is kept under it. */
export async function openToKeep(input: Asking): Promise<void> {
  if (canAsk(input) && (await statusOf(input)) === 'locked') await open(input);
}

/** Asks for the passphrase where the model that will answer needs a key under it, and somebody can be asked. */
export async function openKeys(input: Asking, modelId: string | null): Promise<void> {
  if (!canAsk(input) || (await statusOf(input)) !== 'locked') return;
  const row = await findModel(input, modelId);
  if (row?.kind !== 'server') return;
  const servers = await input.session.client.call('server.list', {});
  const server = servers.find(({ id }) => id === row.serverId);
  if (server?.keyKept === 'passphrase') await open(input);
}

async function open(input: Asking): Promise<void> {
  const typed = await ask(input, input.words.say('passphraseFor'));
  await input.session.client.call('lockedKeys.open', { passphrase: typed });
}

/** Never an argument and no variable: others could read both. */
async function ask(input: Asking, prompt: string): Promise<string> {
  if (!canAsk(input))
    throw new AppError('key-store/unavailable', 'nobody can be asked', { values: { context: 'passphrase' } });
  input.terminal.prompt(prompt);
  const typed = await readHidden(process.stdin);
  input.terminal.note('');
  if (typed === null || typed === '') throw new AppError('app/not-agreed', 'no passphrase was typed');
  return typed;
}

function canAsk({ terminal }: Pick<CommandInput, 'terminal'>): boolean {
  return terminal.isWatched && process.stdin.isTTY === true;
}

async function statusOf({ session }: Pick<CommandInput, 'session'>): Promise<LockedKeysState['status']> {
  const mirror = session.client.watch('lockedKeys');
  try {
    return (await mirror.ready()).status;
  } finally {
    mirror.dispose();
  }
}
