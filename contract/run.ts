import type { MessageState, Receipt } from './conversation.ts';
import type { AppErrorShape } from './errors.ts';

/** What a run is busy with before and while it writes. */
export type RunPhase = 'queued' | 'waiting-for-model' | 'loading-model' | 'reading' | 'thinking' | 'writing';

/**
 * The parts of one answer, in order. A window that attaches late gets one `run-caught-up` with all text so far and then
 * what comes; another one takes the place of all before it (text that turned out to be thought); the last part is always
 * `run-finished`.
 */
export type RunPart =
  | {
      readonly type: 'run-caught-up';
      readonly conversationId: string;
      readonly questionId: string;
      readonly answerId: string;
      readonly phase: RunPhase;
      readonly text: string;
      readonly thinking: string;
      readonly modelName: string;
      readonly where: 'device' | 'server';
      readonly host: string | null;
    }
  | { readonly type: 'phase-changed'; readonly phase: RunPhase; readonly done: number; readonly total: number }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'thinking-delta'; readonly text: string }
  | { readonly type: 'messages-dropped'; readonly count: number }
  | {
      readonly type: 'run-finished';
      readonly state: Exclude<MessageState, 'growing'>;
      readonly error: AppErrorShape | null;
      readonly receipt: Receipt | null;
      readonly canGoOn: boolean;
    };

/** Answer to `run.start`: the question is on disk when this arrives. */
export interface RunStarted {
  readonly runId: string;
  readonly conversationId: string;
  readonly questionId: string;
  readonly answerId: string;
}
