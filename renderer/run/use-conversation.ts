import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Conversation, Message } from '../../contract/conversation.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useClient, useMirror } from '../app/backend.ts';
import type { RunView } from './run-store.ts';
import { useRun } from './use-run.ts';

export interface AskOptions {
  readonly editsMessageId?: string;
  readonly modelId?: string;
  /** An action used on the chips; then the text may be empty. */
  readonly actionId?: string;
  /** Chips of the context that go along. */
  readonly chipIds?: readonly string[];
  /** In a chat of its own, whichever is open. */
  readonly anew?: boolean;
}

/** A conversation with the answer that is being written, and what can be done with it. */
export interface ConversationView {
  readonly id: string | null;
  readonly title: string;
  readonly messages: readonly Message[];
  readonly run: RunView | null;
  readonly running: boolean;
  /** Why the last request was refused, until the next one. */
  readonly error: AppErrorShape | null;
  readonly open: (conversationId: string | null) => void;
  readonly ask: (text: string, options?: AskOptions) => Promise<boolean>;
  readonly again: (modelId?: string) => Promise<void>;
  readonly stop: () => void;
}

export function useConversation(initialId: string | null = null): ConversationView {
  const client = useClient();
  const library = useMirror('library');
  const shell = useMirror('shell');
  const [id, setId] = useState(initialId);
  const [conversation, setConversation] = useState<Conversation | null>(null);
  const [runId, setRunId] = useState<string | null>(null);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const run = useRun(runId);
  const wanted = useRef(id);
  wanted.current = id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when core changed something or came back
  useEffect(() => {
    if (id === null) {
      setConversation(null);
      return;
    }
    void client.request('conversation.get', { conversationId: id }).then((answer) => {
      if (wanted.current !== id) return;
      if (!answer.ok) {
        if (answer.error.code === 'conversation/not-found') setId(null);
        return;
      }
      setConversation(answer.value);
      if (answer.value.runningRunId !== null) setRunId(answer.value.runningRunId);
    });
  }, [client, id, library?.conversationsRevision, shell?.core, run?.finished]);

  const open = useCallback((conversationId: string | null) => {
    setId(conversationId);
    setConversation(null);
    setRunId(null);
    setError(null);
  }, []);

  const started = useCallback(
    (answer: { ok: true; value: { conversationId: string; runId: string } } | { ok: false; error: AppErrorShape }) => {
      if (!answer.ok) {
        setError(answer.error);
        return false;
      }
      setError(null);
      setId(answer.value.conversationId);
      setRunId(answer.value.runId);
      return true;
    },
    [],
  );

  // Core answers when the question is stored, which waits for files that are still being read: it is asked once.
  const asking = useRef(false);
  const ask = useCallback<ConversationView['ask']>(
    async (text, options = {}) => {
      if (asking.current) return false;
      asking.current = true;
      const answer = await client.request('run.start', {
        questionId: `m-${crypto.randomUUID()}`,
        conversationId: options.anew === true ? null : id,
        text,
        modelId: options.modelId ?? null,
        editsMessageId: options.editsMessageId ?? null,
        actionId: options.actionId ?? null,
        chipIds: [...(options.chipIds ?? [])],
      });
      asking.current = false;
      return started(answer);
    },
    [client, id, started],
  );
  const again = useCallback<ConversationView['again']>(
    async (modelId) => {
      if (id !== null) started(await client.request('run.again', { conversationId: id, modelId: modelId ?? null }));
    },
    [client, id, started],
  );
  const stop = useCallback(() => {
    if (runId !== null) void client.request('run.cancel', { runId });
  }, [client, runId]);

  const messages = useMemo(() => withRun(conversation?.messages ?? [], run), [conversation, run]);
  const running = runId !== null && run?.finished !== true && (run !== null || conversation?.runningRunId === runId);
  return { id, title: conversation?.title ?? '', messages, run, running, error, open, ask, again, stop };
}

/** The stored messages with the growing answer in its place; a stored answer that is complete wins. */
export function withRun(messages: readonly Message[], run: RunView | null): readonly Message[] {
  if (run === null) return messages;
  const stored = messages.find(({ id }) => id === run.answer.id);
  if (stored === undefined) return messages;
  const createdAt = stored.createdAt;
  return messages.map((message) => (message === stored ? { ...run.answer, createdAt } : message));
}
