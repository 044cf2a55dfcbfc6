import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Conversation, Message } from '../../contract/conversation.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Result } from '../../contract/result.ts';
import type { RunStarted } from '../../contract/run.ts';
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
}

/** A conversation with the answer that is being written, and what can be done with it. */
export interface ConversationView {
  readonly id: string | null;
  readonly title: string;
  readonly messages: readonly Message[];
  readonly run: RunView | null;
  /** From the moment something is asked until its answer has ended; `run` comes a little later. */
  readonly running: boolean;
  /** Why the last request was refused, until the next one. */
  readonly error: AppErrorShape | null;
  readonly open: (conversationId: string | null) => void;
  readonly ask: (text: string, options?: AskOptions) => Promise<boolean>;
  readonly again: (modelId?: string) => Promise<void>;
  /** Goes on with the last answer where it was broken off. */
  readonly goOn: () => Promise<void>;
  /** Stops the answer, or what was asked just now as soon as core has begun it. */
  readonly stop: () => void;
  /** Shows the chat of an answer that was begun elsewhere. What is being asked here goes on, and is not shown. */
  readonly attach: (started: RunStarted) => void;
  /** Says why something is not asked, as of a request that was refused. */
  readonly refuse: (cause: AppErrorShape) => void;
}

export function useConversation(initialId: string | null = null): ConversationView {
  const client = useClient();
  const [id, setId] = useState(initialId);
  const [runId, setRunId] = useState<string | null>(null);
  const { run, lost } = useRun(runId);
  const show = useCallback((started: RunStarted) => {
    setId(started.conversationId);
    setRunId(started.runId);
  }, []);
  const { asking, error, setError, start, stopAsking, leaveAsking } = useStarting(show);
  const stored = useStored(id, run?.finished, setRunId, () => setId(null));
  const { forget } = stored;
  const open = useCallback(
    (conversationId: string | null) => {
      setId(conversationId);
      forget();
      setRunId(null);
      setError(null);
    },
    [forget, setError],
  );
  const stop = useCallback(() => {
    if (!stopAsking() && runId !== null) void client.request('run.cancel', { runId });
  }, [client, runId, stopAsking]);
  const attach = useCallback(
    (started: RunStarted) => {
      leaveAsking();
      setError(null);
      show(started);
    },
    [leaveAsking, setError, show],
  );
  const { conversation } = stored;
  const messages = useMemo(() => withRun(conversation?.messages ?? [], run), [conversation, run]);
  const running = asking || (runId !== null && !lost && run?.finished !== true);
  const title = conversation?.title ?? '';
  const asks = useAsking(id, start);
  return { id, title, messages, run, running, error, open, ...asks, stop, attach, refuse: setError };
}

/** The conversation as core has stored it: read anew when core changed something or came back. */
function useStored(
  id: string | null,
  isFinished: boolean | undefined,
  onRunning: (runId: string) => void,
  onGone: () => void,
) {
  const client = useClient();
  const revision = useMirror('library')?.conversationsRevision;
  const core = useMirror('shell')?.core;
  const [conversation, setConversation] = useState<Conversation | null>(null);
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
        if (answer.error.code === 'conversation/not-found') onGone();
        return;
      }
      setConversation(answer.value);
      if (answer.value.runningRunId !== null) onRunning(answer.value.runningRunId);
    });
  }, [client, id, revision, core, isFinished]);
  return { conversation, forget: useCallback(() => setConversation(null), []) };
}

type Start = (ask: () => Promise<Result<RunStarted>>) => Promise<boolean>;

/** Core answers when the question is stored, which waits for files that are still being read: it is asked once. */
function useStarting(onStarted: (started: RunStarted) => void) {
  const client = useClient();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const request = useRef<{ stopped: boolean } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it sets is the same in every picture
  const start = useCallback<Start>(
    async (ask) => {
      if (request.current !== null) return false;
      const own = { stopped: false };
      request.current = own;
      setAsking(true);
      const answer = await ask();
      const isLeft = request.current !== own;
      if (!isLeft) {
        request.current = null;
        setAsking(false);
        setError(answer.ok ? null : answer.error);
      }
      if (!answer.ok) return false;
      if (!isLeft) onStarted(answer.value);
      if (own.stopped) void client.request('run.cancel', { runId: answer.value.runId });
      return !isLeft;
    },
    [client],
  );
  /** Stops what was asked just now as soon as core has begun it; false when nothing was. */
  const stopAsking = useCallback(() => {
    if (request.current !== null) request.current.stopped = true;
    return request.current !== null;
  }, []);
  /** What was asked just now goes on without being shown. */
  const leaveAsking = useCallback(() => {
    request.current = null;
    setAsking(false);
  }, []);
  return { asking, error, setError, start, stopAsking, leaveAsking };
}

function useAsking(id: string | null, start: Start): Pick<ConversationView, 'ask' | 'again' | 'goOn'> {
  const client = useClient();
  const ask = useCallback<ConversationView['ask']>(
    (text, options = {}) =>
      start(() =>
        client.request('run.start', {
          questionId: `m-${crypto.randomUUID()}`,
          conversationId: id,
          text,
          modelId: options.modelId ?? null,
          editsMessageId: options.editsMessageId ?? null,
          actionId: options.actionId ?? null,
          chipIds: [...(options.chipIds ?? [])],
        }),
      ),
    [client, id, start],
  );
  const again = useCallback<ConversationView['again']>(
    async (modelId) => {
      if (id !== null) await start(() => client.request('run.again', { conversationId: id, modelId: modelId ?? null }));
    },
    [client, id, start],
  );
  const goOn = useCallback(async () => {
    if (id !== null) await start(() => client.request('run.continue', { conversationId: id }));
  }, [client, id, start]);
  return { ask, again, goOn };
}

/** The stored messages with the growing answer in its place; a stored answer that is complete wins. */
export function withRun(messages: readonly Message[], run: RunView | null): readonly Message[] {
  if (run === null) return messages;
  const stored = messages.find(({ id }) => id === run.answer.id);
  if (stored === undefined) return messages;
  const createdAt = stored.createdAt;
  return messages.map((message) => (message === stored ? { ...run.answer, createdAt } : message));
}
