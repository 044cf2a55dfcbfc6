import type { ModelRow } from '../../contract/model.ts';
import type { RunPhase } from '../../contract/run.ts';
import type { ConversationView } from '../run/use-conversation.ts';

/** What the footer may say of where a text is: a promise, so each is said only where it is true. */
export type Where =
  | { readonly say: 'none' }
  /** The model on this machine would answer, or answers. */
  | { readonly say: 'device' }
  /** Nothing of this chat left the machine. */
  | { readonly say: 'stayed' }
  /** Nothing has gone yet; the next question will. */
  | { readonly say: 'goes'; readonly host: string }
  | { readonly say: 'sent'; readonly host: string };

/** Before these are over nothing has been handed to a model. */
const notBegun: readonly RunPhase[] = ['queued', 'waiting-for-model', 'loading-model'];

export function whereOf(
  { messages, run, running }: Pick<ConversationView, 'messages' | 'run' | 'running'>,
  models: readonly Pick<ModelRow, 'chosen' | 'host'>[],
): Where {
  if (running && run !== null) {
    if (run.where === 'device') return { say: 'device' };
    const host = run.host ?? '';
    return notBegun.includes(run.phase) ? { say: 'goes', host } : { say: 'sent', host };
  }
  const hosts = messages.map(hostOf);
  const answer = messages.findLast(({ role }) => role === 'assistant');
  const sentTo = answer === undefined ? null : hostOf(answer);
  if (sentTo !== null) return { say: 'sent', host: sentTo };
  const stayed = hosts.every((host) => host === null);
  if (answer?.receipt?.entries.every(({ where }) => where === 'device'))
    return stayed ? { say: 'stayed' } : { say: 'device' };
  const chosen = models.find((model) => model.chosen);
  if (chosen === undefined) return { say: 'none' };
  return chosen.host === null ? { say: 'device' } : { say: 'goes', host: chosen.host };
}

/** The server a question went to, whether it answered or failed; null when it went nowhere. */
function hostOf({ receipt, error }: ConversationView['messages'][number]): string | null {
  if (receipt !== null) return receipt.entries.findLast(({ where }) => where === 'server')?.host ?? null;
  const failed = error?.code.startsWith('server/') === true && error.code !== 'server/key-unclear';
  const host = error?.values?.['host'];
  return failed && typeof host === 'string' ? host : null;
}
