import type { RunForm } from '../contract/atom-forms.ts';
import { askLine, canAsk } from './ask-line.ts';
import type { CommandInput } from './run-cli.ts';

/**
 * Asks at the terminal what an action wants to know, and again what is not of its type. Where nobody is there, or nothing is typed,
 * the answer is stopped: nothing of it was begun.
 */
export async function fillForm(
  input: Pick<CommandInput, 'session' | 'terminal' | 'words'>,
  runId: string,
  form: RunForm,
): Promise<void> {
  const { session, terminal, words } = input;
  const stop = () => session.client.request('run.cancel', { runId });
  if (!canAsk(terminal)) {
    terminal.note(words.say('formElsewhere'));
    await stop();
    return;
  }
  const answers: Record<string, string> = {};
  for (const { name, label, options } of form.fields) {
    const usual = form.initial[name] ?? '';
    const choices = options === undefined ? '' : ` (${options.join(' / ')})`;
    const question = `${label[words.language]}${choices}${usual === '' ? '' : ` [${usual}]`}`;
    answers[name] = (await askLine(terminal, `${words.safe(question)}: `)) || usual;
  }
  const answer = await session.client.request('run.fill', { runId, formId: form.id, answers });
  if (answer.ok) return;
  terminal.note(words.withSentence(answer.error).sentence);
  if (answer.error.code === 'step/form-wrong') await fillForm(input, runId, form);
  else await stop();
}
