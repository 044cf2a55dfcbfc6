import type { coreContract } from '../contract/core.ts';
import type { InputOf } from '../contract/define.ts';
import { AppError } from '../contract/errors.ts';
import type { Leaving } from '../contract/look.ts';
import { formatCost } from '../locales/format-money.ts';
import { sayPolicy } from '../locales/say-policy.ts';
import { readHidden } from './read-hidden.ts';
import type { CommandInput } from './run-cli.ts';

type Asked = Pick<
  InputOf<(typeof coreContract.requests)['run.start']>,
  'conversationId' | 'text' | 'modelId' | 'editsMessageId'
> & { readonly questionId: string; readonly actionId: string | null; readonly chipIds: readonly string[] };

export type Sends = Pick<CommandInput, 'session' | 'terminal' | 'words' | 'send'>;

/** Whoever sits at the terminal. What is piped in is nobody, whatever it says. */
export interface Person {
  readonly isThere: boolean;
  /** What they type, without showing it; null for Ctrl+C. */
  readonly type: () => Promise<string | null>;
}

export const atKeyboard: Person = {
  get isThere() {
    return process.stdin.isTTY === true;
  },
  type: () => readHidden(process.stdin),
};

/**
 * Says where a question is going to go, before it does; answers the hash of what the person agreed to where they want to see it
 * first, now or by `--send`. Null where nothing has to be shown, and where nobody is there to look, so that core refuses it.
 * Throws `app/not-agreed`.
 */
export async function beforeSending(input: Sends, asked: Asked, person = atKeyboard): Promise<string | null> {
  const { session, terminal, words, send } = input;
  if (!terminal.isWatched && !send) return null;
  const rows = await session.client.call('model.list', {});
  if (!rows.some(({ kind }) => kind === 'server')) return null;
  const { questionId, conversationId, text, modelId, editsMessageId, actionId, chipIds } = asked;
  const question = { questionId, conversationId, text, modelId, editsMessageId, actionId, chipIds: [...chipIds] };
  const answer = await session.client.request('run.look', { of: 'question', ...question });
  // Why it cannot be sent is said when it is asked.
  if (!answer.ok || answer.value.status !== 'leaves') return null;
  const leaving = answer.value;
  if (terminal.isWatched) terminal.note(words.say('goesTo', { host: leaving.host }));
  if (!leaving.must) return null;
  if (send) return leaving.hash;
  if (!canLook(input, person)) return null;
  if (await isAgreed(input, leaving, person)) return leaving.hash;
  throw new AppError('app/not-agreed', 'it was not to be sent', { values: { context: 'sending' } });
}

/** A later prompt of an answer waits: shown as the first one was. Where it is not agreed to, the answer ends with what it has. */
export async function laterPrompt(input: Sends, runId: string, person = atKeyboard): Promise<void> {
  const { session, send } = input;
  const answer = await session.client.request('run.shown', { runId });
  // Another window has agreed meanwhile, or the answer was stopped.
  if (!answer.ok) return;
  const leaving = answer.value;
  const goes = send || (canLook(input, person) && (await isAgreed(input, leaving, person)));
  if (goes) await session.client.request('run.agree', { runId, hash: leaving.hash });
  else await session.client.request('run.cancel', { runId });
}

function canLook({ terminal }: Sends, person: Person): boolean {
  return terminal.isWatched && person.isThere;
}

/** Shows all of a prompt: its very text, to whom, who may keep it and what it may cost; then asks. */
async function isAgreed({ terminal, words }: Sends, leaving: Leaving, person: Person): Promise<boolean> {
  for (const { role, text: said, leftOut } of leaving.messages) {
    terminal.note(`${words.sayIn('sending', `role.${role}`)}:`);
    for (const line of said.split('\n')) terminal.note(`  ${words.safe(line)}`);
    if (leftOut > 0) terminal.note(`  ${words.sayIn('sending', 'leftOut', { count: leftOut })}`);
  }
  for (const { secret, pseudonym } of distinct(leaving)) terminal.note(`  ${words.safe(secret)} → ${pseudonym}`);
  terminal.note(`${words.sayIn('sending', 'keeps')}: ${sayKept(words, leaving)}`);
  const price = leaving.price === null ? words.sayIn('sending', 'priceUnknown') : formatCost(leaving.price);
  terminal.prompt(words.say('sendThis', { host: leaving.host, model: leaving.modelName, price }));
  const typed = await person.type();
  terminal.note('');
  return /^(?:y|yes|是|好)$/i.test(typed?.trim() ?? '');
}

function sayKept(words: Sends['words'], { policy, place }: Leaving): string {
  if (policy === null) return words.sayIn('sending', `ownServer.${place}`);
  return sayPolicy((key, { ns: _, ...values }) => words.sayIn('window', key, values), {
    policy,
    group: 'international',
  });
}

function distinct({ messages }: Leaving) {
  return [...new Map(messages.flatMap(({ hidden }) => hidden).map((one) => [one.pseudonym, one])).values()];
}
