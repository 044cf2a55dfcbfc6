import type { ContextChip } from '../../contract/context.ts';
import { idOfPlainAnswer, isChangedText } from '../answer/is-changed-text.ts';
import { useChanges } from '../answer/use-changes.ts';
import { useCopied } from '../answer/use-copied.ts';
import { useLookedUp } from '../answer/use-looked-up.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useOpenReceipt } from '../receipt/use-open-receipt.ts';
import { useConversation } from '../run/use-conversation.ts';
import type { BoxParts } from './box-parts.ts';
import { useBox } from './use-box.ts';
import { useLeaving } from './use-leaving.ts';
import { useNotices } from './use-notices.ts';
import { usePutBack, useUntoldAnswer } from './use-put-back.ts';

/** The chat in the box, its last answer, and what can be done with it. */
export function useBoxParts(initialText: string, chips: readonly ContextChip[]): BoxParts {
  const client = useClient();
  const conversation = useConversation();
  const { messages, running } = conversation;
  const changes = useChanges(isChangedText(messages, messages.length - 1) ? (messages.at(-1)?.id ?? null) : null);
  const lookedUp = useLookedUp(idOfPlainAnswer(messages));
  const putBack = usePutBack(messages, running, changes);
  useUntoldAnswer(conversation.open);
  const notices = useNotices(conversation.error ?? putBack.error);
  const box = useBox(initialText, conversation);
  const pinned = useMirror('shell')?.overlay.pinned === true;
  const leaving = useLeaving(pinned);
  const chipIds = chips.filter(({ on, status }) => on && status !== 'failed').map(({ id }) => id);
  const failedFiles = chips.filter(({ kind, status }) => kind === 'file' && status === 'failed').map(({ id }) => id);
  const copied = useCopied();
  return {
    client,
    box,
    conversation,
    notice: notices.first,
    notices,
    pinned,
    chipIds,
    failedFiles,
    putBack,
    leaving,
    copied,
    changes,
    lookedUp,
    openReceipt: useOpenReceipt(),
  };
}
