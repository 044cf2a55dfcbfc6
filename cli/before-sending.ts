import type { coreContract } from '../contract/core.ts';
import type { InputOf } from '../contract/define.ts';
import { AppError } from '../contract/errors.ts';
import type { Leaving } from '../contract/look.ts';
import { formatCost } from '../locales/format-money.ts';
import { readHidden } from './read-hidden.ts';
import type { CommandInput } from './run-cli.ts';

type Asked = Pick<
  InputOf<(typeof coreContract.requests)['run.start']>,
  'conversationId' | 'text' | 'modelId' | 'editsMessageId'
> & { readonly questionId: string; readonly actionId: string | null; readonly chipIds: readonly string[] };

/**
 * Says where a question is going to go, before it does; answers the hash of what the person agreed to where they want to see it
 * first. Null where nothing has to be shown, and where nobody is there to look, so that core refuses it. Throws `app/not-agreed`.
 */
export async function beforeSending(
  { session, terminal, words }: Pick<CommandInput, 'session' | 'terminal' | 'words'>,
  { questionId, conversationId, text, modelId, editsMessageId, actionId, chipIds }: Asked,
): Promise<string | null> {
  if (!terminal.isWatched) return null;
  const rows = await session.client.call('model.list', {});
  if (!rows.some(({ kind }) => kind === 'server')) return null;
  const question = { questionId, conversationId, text, modelId, editsMessageId, actionId, chipIds: [...chipIds] };
  const answer = await session.client.request('run.look', { of: 'question', ...question });
  // Why it cannot be sent is said when it is asked.
  if (!answer.ok || answer.value.status !== 'leaves') return null;
  terminal.note(words.say('goesTo', { host: answer.value.host }));
  if (!answer.value.must || !process.stdin.isTTY) return null;
  const leaving = answer.value;
  for (const { role, text: said } of leaving.messages) {
    terminal.note(`${words.sayIn('sending', `role.${role}`)}:`);
    for (const line of said.split('\n')) terminal.note(`  ${words.safe(line)}`);
  }
  for (const { secret, pseudonym } of distinct(leaving)) terminal.note(`  ${words.safe(secret)} → ${pseudonym}`);
  const price = leaving.price === null ? words.sayIn('sending', 'priceUnknown') : formatCost(leaving.price);
  terminal.prompt(words.say('sendThis', { host: leaving.host, model: leaving.modelName, price }));
  const typed = await readHidden(process.stdin);
  terminal.note('');
  if (!/^(?:y|yes|是|好)$/i.test(typed?.trim() ?? '')) throw new AppError('app/not-agreed', 'it was not to be sent');
  return leaving.hash;
}

function distinct({ messages }: Leaving) {
  return [...new Map(messages.flatMap(({ hidden }) => hidden).map((one) => [one.pseudonym, one])).values()];
}
