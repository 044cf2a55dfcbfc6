import type { RunPart, RunStarted } from '../contract/run.ts';
import type { Session } from './session.ts';

export type Finished = Extract<RunPart, { type: 'run-finished' }>;

export interface AnswerOutput {
  /** Where it is made, once that is known. */
  readonly onWhere?: (where: 'device' | 'server') => void;
  readonly onText: (text: string) => void;
  /** All text so far turned out to be no part of the answer, which is this now. */
  readonly onStartOver: (text: string) => void;
  readonly onPhase: (phase: string) => void;
}

/** Reads one answer to its end. The first Ctrl+C stops the answer and keeps what came; a second one ends the program. */
export async function readAnswer(session: Session, { runId }: RunStarted, output: AnswerOutput): Promise<Finished> {
  const stop = () => {
    void session.client.request('run.cancel', { runId });
    process.once('SIGINT', () => process.exit(130));
  };
  process.once('SIGINT', stop);
  let written = '';
  try {
    for await (const part of session.client.open('run.attach', { runId })) {
      if (part.type === 'text-delta') written += part.text;
      if (part.type === 'run-caught-up') {
        output.onWhere?.(part.where);
        if (written !== '') output.onStartOver(part.text);
        else if (part.text !== '') output.onText(part.text);
        written = part.text;
      } else if (part.type === 'text-delta') output.onText(part.text);
      else if (part.type === 'phase-changed') output.onPhase(part.phase);
      else if (part.type === 'run-finished') return part;
    }
    return { type: 'run-finished', state: 'cut', error: null, receipt: null, canGoOn: false };
  } finally {
    process.removeAllListeners('SIGINT');
  }
}
