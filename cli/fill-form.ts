import { createInterface } from 'node:readline/promises';
import type { RunForm } from '../contract/atom-forms.ts';
import type { CommandInput } from './run-cli.ts';

type Asks = Pick<CommandInput, 'session' | 'terminal' | 'words'>;

/** What the person types on a line of their own, seen as they type it. */
export interface Line {
  readonly isThere: boolean;
  readonly type: (question: string) => Promise<string>;
}

const atTerminal: Line = {
  get isThere() {
    return process.stdin.isTTY === true;
  },
  type: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
};

/** Asks at the terminal what an action wants to know. Where nobody is there, it is stopped: nothing of it was begun. */
export async function fillForm(input: Asks, runId: string, form: RunForm, line: Line = atTerminal): Promise<void> {
  const { session, terminal, words } = input;
  if (!terminal.isWatched || !line.isThere) {
    terminal.note(words.say('formElsewhere'));
    await session.client.request('run.cancel', { runId });
    return;
  }
  const answers: Record<string, string> = {};
  for (const { name, label, options } of form.fields) {
    const usual = form.initial[name] ?? '';
    const choices = options === undefined ? '' : ` (${options.join(' / ')})`;
    const shown = words.safe(`${label[words.language]}${choices}${usual === '' ? '' : ` [${usual}]`}: `);
    answers[name] = (await line.type(shown)).trim() || usual;
  }
  const answer = await session.client.request('run.fill', { runId, formId: form.id, answers });
  if (answer.ok) return;
  terminal.note(words.withSentence(answer.error).sentence);
  if (answer.error.code.startsWith('step/form-')) await fillForm(input, runId, form, line);
}
