import type { RunForm } from '../../contract/atom-forms.ts';
import type { Message } from '../../contract/conversation.ts';
import type { RunPart, RunPhase } from '../../contract/run.ts';

/** What a page shows of a run that is going on. */
export interface RunView {
  readonly runId: string;
  readonly conversationId: string;
  readonly answer: Message;
  readonly phase: RunPhase;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly where: 'device' | 'server';
  readonly host: string | null;
  readonly finished: boolean;
  /** The hash of a later prompt that waits for the person's word; null for none. */
  readonly asks: string | null;
  /** What its action asks the person before it begins; null for nothing. */
  readonly form: RunForm | null;
}

/** The view after one more part; pure, so that it can be tested without a page. */
export function reduceRun(view: RunView | null, runId: string, part: RunPart): RunView | null {
  if (part.type === 'run-caught-up') return begin(runId, part);
  if (view === null) return null;
  const { answer } = view;
  switch (part.type) {
    case 'phase-changed':
      return { ...view, phase: part.phase, progress: part.total > 0 ? { done: part.done, total: part.total } : null };
    case 'asks-changed':
      return { ...view, asks: part.hash };
    case 'form-changed':
      return { ...view, form: part.form };
    case 'text-delta':
      return { ...view, answer: { ...answer, text: answer.text + part.text } };
    case 'thinking-delta':
      return { ...view, answer: { ...answer, thinking: answer.thinking + part.text } };
    case 'messages-dropped':
      return view;
    case 'run-finished':
      return {
        ...view,
        finished: true,
        asks: null,
        form: null,
        answer: {
          ...answer,
          state: part.state,
          error: part.error,
          receipt: part.receipt,
          canGoOn: part.canGoOn,
        },
      };
  }
}

/** The form that an answer waits for, with its run; null for none. */
export function formOf(run: RunView | null, { id }: Pick<Message, 'id'>): AskedForm | null {
  return run === null || run.form === null || run.answer.id !== id ? null : { runId: run.runId, form: run.form };
}

export interface AskedForm {
  readonly runId: string;
  readonly form: RunForm;
}

function begin(runId: string, part: Extract<RunPart, { type: 'run-caught-up' }>): RunView {
  const { conversationId, answerId, text, thinking, phase, where, host } = part;
  return {
    runId,
    conversationId,
    phase,
    progress: null,
    where,
    host,
    finished: false,
    asks: part.asks ?? null,
    form: part.form ?? null,
    answer: {
      id: answerId,
      conversationId,
      role: 'assistant',
      text,
      thinking,
      state: 'growing',
      error: null,
      receipt: null,
      canGoOn: false,
      attachments: [],
      action: null,
      createdAt: 0,
    },
  };
}
