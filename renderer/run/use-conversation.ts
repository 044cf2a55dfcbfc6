import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Conversation, Message } from '../../contract/conversation.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Result } from '../../contract/result.ts';
import type { RunStarted } from '../../contract/run.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useLaterPrompt } from '../sending/use-later-prompt.ts';
import { type LookInput, type Sheet, type SheetView, useSheet } from '../sending/use-sheet.ts';
import type { RunView } from './run-store.ts';
import { useRun } from './use-run.ts';

export interface AskOptions {
  readonly editsMessageId?: string;
  readonly modelId?: string;
  /** An action used on the chips; then the text may be empty. */
  readonly actionId?: string;
  /** Chips of the context that go along. */
  readonly chipIds?: readonly string[];
  /** What would be sent is shown first, whether or not it has to be. */
  readonly show?: boolean;
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
  readonly again: (modelId?: string, show?: boolean) => Promise<void>;
  /** Goes on with the last answer where it was broken off. */
  readonly goOn: () => Promise<void>;
  /** Stops the answer, or what was asked just now as soon as core has begun it. */
  readonly stop: () => void;
  /** Shows the chat of an answer that was begun elsewhere. What is being asked here goes on, and is not shown. */
  readonly attach: (started: RunStarted) => void;
  /** Says why something is not asked, as of a request that was refused. */
  readonly refuse: (cause: AppErrorShape) => void;
  /** The answer that the last one stands in the place of, to be compared; null for none. */
  readonly former: Message | null;
  /** Puts the former answer in the place of the last one, and the other way round. */
  readonly swap: () => void;
  /** What would be sent, while the person looks at it; null else. */
  readonly sheet: Sheet | null;
}

export function useConversation(initialId: string | null = null): ConversationView {
  const client = useClient();
  const [id, setId] = useState(initialId);
  const [runId, setRunId] = useState<string | null>(null);
  const { run, lost, askAhead } = useRun(runId);
  const show = useCallback((started: RunStarted) => {
    setId(started.conversationId);
    setRunId(started.runId);
  }, []);
  const { sheet: first, decide, close } = useSheet();
  const later = useLaterPrompt(run);
  const sheet = first ?? later;
  const { asking, error, setError, start, stopAsking, leaveAsking } = useStarting(show);
  const stored = useStored(id, run?.finished, setRunId, () => setId(null));
  const { forget, readAhead } = stored;
  const open = useCallback(
    (conversationId: string | null) => {
      close();
      setId(conversationId);
      forget();
      setRunId(null);
      setError(null);
    },
    [forget, setError, close],
  );
  const stop = useCallback(() => {
    if (!stopAsking() && runId !== null) void client.request('run.cancel', { runId });
  }, [client, runId, stopAsking]);
  const attach = useCallback(
    (started: RunStarted) => {
      askAhead(started.runId);
      readAhead(started.conversationId);
      close();
      leaveAsking();
      setError(null);
      show(started);
    },
    [askAhead, readAhead, leaveAsking, setError, show, close],
  );
  const { conversation } = stored;
  const messages = useMemo(() => withRun(conversation?.messages ?? [], run), [conversation, run]);
  const running = (asking && first === null) || (runId !== null && !lost && run?.finished !== true);
  const title = conversation?.title ?? '';
  const asks = useAsking(id, start, decide);
  const former = useFormer(id, conversation, setRunId);
  return {
    ...{ id, title, messages, run, running, error, sheet, ...asks, ...former },
    ...{ open, stop, attach, refuse: setError },
  };
}

/** The answer that the last one stands in the place of, and how they change places. */
function useFormer(
  id: string | null,
  conversation: Conversation | null,
  setRunId: (runId: null) => void,
): Pick<ConversationView, 'former' | 'swap'> {
  const client = useClient();
  const swap = useCallback(() => {
    if (id === null) return;
    // What is shown of its run would stay in its place.
    setRunId(null);
    void client.request('conversation.swapAnswers', { conversationId: id });
  }, [client, id, setRunId]);
  return { former: conversation?.former ?? null, swap };
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
  const ahead = useRef<{ readonly id: string; readonly read: Promise<Result<Conversation>> } | null>(null);
  const read = useCallback(
    (conversationId: string) => client.request('conversation.get', { conversationId }),
    [client],
  );
  /** Asks for a chat that is shown next, before anything is drawn for it. */
  const readAhead = useCallback(
    (conversationId: string) => {
      ahead.current = { id: conversationId, read: read(conversationId) };
    },
    [read],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when core changed something or came back
  useEffect(() => {
    if (id === null) {
      setConversation(null);
      return;
    }
    const asked = ahead.current?.id === id ? ahead.current.read : read(id);
    ahead.current = null;
    void asked.then((answer) => {
      if (wanted.current !== id) return;
      if (!answer.ok) {
        if (answer.error.code === 'conversation/not-found') onGone();
        return;
      }
      setConversation(answer.value);
      if (answer.value.runningRunId !== null) onRunning(answer.value.runningRunId);
    });
  }, [client, id, revision, core, isFinished]);
  return { conversation, forget: useCallback(() => setConversation(null), []), readAhead };
}

type Start = (ask: () => Promise<Result<RunStarted> | null>) => Promise<boolean>;

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
        if (answer !== null) setError(answer.ok ? null : answer.error);
      }
      // The person looked at what would be sent, and sent nothing.
      if (answer === null || !answer.ok) return false;
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

function useAsking(
  id: string | null,
  start: Start,
  decide: SheetView['decide'],
): Pick<ConversationView, 'ask' | 'again' | 'goOn'> {
  const client = useClient();
  const begin = useCallback(
    (look: LookInput, show: boolean, ask: (going: Going) => Promise<Result<RunStarted>>) =>
      start(async () => {
        const decision = await decide(look, show);
        if (decision.asks) return ask({ agreed: decision.agreed, here: decision.here });
        return decision.error === null ? null : { ok: false, error: decision.error };
      }),
    [start, decide],
  );
  const ask = useCallback<ConversationView['ask']>(
    (text, options = {}) => {
      const question = {
        questionId: `m-${crypto.randomUUID()}`,
        conversationId: id,
        text,
        modelId: options.modelId ?? null,
        editsMessageId: options.editsMessageId ?? null,
        actionId: options.actionId ?? null,
        chipIds: [...(options.chipIds ?? [])],
      };
      return begin({ of: 'question', ...question }, options.show === true, (going) =>
        client.request('run.start', { ...question, ...going }),
      );
    },
    [client, id, begin],
  );
  const again = useCallback<ConversationView['again']>(
    async (modelId = undefined, show = false) => {
      if (id === null) return;
      const asked = { conversationId: id, modelId: modelId ?? null };
      await begin({ of: 'again', ...asked }, show, (going) => client.request('run.again', { ...asked, ...going }));
    },
    [client, id, begin],
  );
  const goOn = useCallback(async () => {
    if (id === null) return;
    const asked = { conversationId: id };
    await begin({ of: 'continue', ...asked }, false, (going) => client.request('run.continue', { ...asked, ...going }));
  }, [client, id, begin]);
  return { ask, again, goOn };
}

interface Going {
  readonly agreed: string | null;
  readonly here: boolean;
}

/** The stored messages with the growing answer in its place; a stored answer that is complete wins. */
export function withRun(messages: readonly Message[], run: RunView | null): readonly Message[] {
  if (run === null) return messages;
  const stored = messages.find(({ id }) => id === run.answer.id);
  if (stored === undefined) return messages;
  const createdAt = stored.createdAt;
  return messages.map((message) => (message === stored ? { ...run.answer, createdAt } : message));
}
