import type { ErrorCode } from '../../contract/errors.ts';
import type { ModelRow } from '../../contract/model.ts';
import type { RunPhase } from '../../contract/run.ts';
import { hostOf as hostOfModel } from '../app/model-kinds.ts';
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
  | { readonly say: 'sent'; readonly host: string }
  /** It was to go there, and nothing of it went. */
  | { readonly say: 'unsent'; readonly host: string };

/** Before these are over nothing has been handed to a model. */
const notBegun: readonly RunPhase[] = ['queued', 'waiting-for-model', 'loading-model'];

/** Before these causes nothing of a question is written; of a server that is not reached, only for the reasons below. */
const beforeSending: readonly ErrorCode[] = [
  'server/bad-address',
  'server/certificate',
  'server/old-encryption',
  'server/no-encryption',
  'server/not-encrypted',
  'server/proxy',
];
const notConnected: readonly unknown[] = ['name', 'refused', 'away', 'connecting'];

/** `former`: another model's answer to the last question, which may have gone elsewhere. */
type Shown = Pick<ConversationView, 'messages' | 'run' | 'running'> & Partial<Pick<ConversationView, 'former'>>;

export function whereOf(
  { messages, run, running, former = null }: Shown,
  models: readonly ModelRow[],
  /** Where the next question would go, by rules and its action; null where the chosen model decides. */
  next: { readonly host: string | null } | null = null,
): Where {
  if (running && run !== null) {
    if (run.where === 'device') return { say: 'device' };
    const host = run.host ?? '';
    return notBegun.includes(run.phase) ? { say: 'goes', host } : { say: 'sent', host };
  }
  const last = messages.at(-1);
  const unsent = last === undefined ? null : unsentTo(last);
  if (unsent !== null) return { say: 'unsent', host: unsent };
  const hosts = [...messages, ...(former === null ? [] : [former])].map(hostOf);
  const answer = messages.findLast(({ role }) => role === 'assistant');
  const sentTo = answer === undefined ? null : hostOf(answer);
  if (sentTo !== null) return { say: 'sent', host: sentTo };
  const stayed = hosts.every((host) => host === null);
  if (answer?.receipt?.entries.every(({ where }) => where === 'device'))
    return stayed ? { say: 'stayed' } : { say: 'device' };
  if (next !== null) return next.host === null ? { say: 'device' } : { say: 'goes', host: next.host };
  const chosen = models.find((model) => model.chosen);
  if (chosen === undefined) return { say: 'none' };
  const host = hostOfModel(chosen);
  return host === null ? { say: 'device' } : { say: 'goes', host };
}

/** The server that a question did not get to; null for one that went somewhere or was for none. */
function unsentTo({ error }: ConversationView['messages'][number]): string | null {
  const host = error?.values?.['host'];
  if (error == null || typeof host !== 'string') return null;
  const isUnreached = error.code === 'server/unreachable' && notConnected.includes(error.values?.['context']);
  return isUnreached || beforeSending.includes(error.code) ? host : null;
}

/** The server a question went to, whether it answered or failed; null when it went nowhere. */
function hostOf(message: ConversationView['messages'][number]): string | null {
  const { receipt, error } = message;
  if (unsentTo(message) !== null) return null;
  if (receipt !== null) return receipt.entries.findLast(({ where }) => where === 'server')?.host ?? null;
  const failed = error?.code.startsWith('server/') === true && error.code !== 'server/key-unclear';
  const host = error?.values?.['host'];
  return failed && typeof host === 'string' ? host : null;
}
