import type { RunForm } from '../contract/atom-forms.ts';
import type { AppErrorShape } from '../contract/errors.ts';
import { askLineOrEnd, canAsk } from './ask-line.ts';
import type { CommandInput } from './run-cli.ts';

/** How a person at the terminal is asked. */
interface Asking {
  readonly canAsk: typeof canAsk;
  readonly askLine: typeof askLineOrEnd;
}

/**
 * Asks at the terminal what an action wants to know, and again what is not of its type. Where nobody is there, or they end it with Ctrl+D,
 * the answer is stopped: nothing of it was begun.
 */
export async function fillForm(
  input: Pick<CommandInput, 'session' | 'terminal' | 'words'>,
  runId: string,
  form: RunForm,
  by: Asking = { canAsk, askLine: askLineOrEnd },
): Promise<void> {
  const { session, terminal, words } = input;
  const stop = () => session.client.request('run.cancel', { runId });
  if (!by.canAsk(terminal)) {
    terminal.note(words.say('formElsewhere'));
    await stop();
    return;
  }
  const answers: Record<string, string> = {};
  for (const { name, label, options } of form.fields) {
    const usual = form.initial[name] ?? '';
    const choices = options === undefined ? '' : ` (${options.join(' / ')})`;
    const question = `${label[words.language]}${choices}${usual === '' ? '' : ` [${usual}]`}`;
    const typed = await by.askLine(terminal, `${words.safe(question)}: `);
    // Who ended it has taken nothing that stands there at first, and nothing can be typed any more.
    if (typed === null) return void (await stop());
    answers[name] = typed || usual;
  }
  const answer = await session.client.request('run.fill', { runId, formId: form.id, answers });
  if (answer.ok) return;
  terminal.note(words.withSentence(byLabel(form, answer.error, words.language)).sentence);
  if (answer.error.code === 'step/form-wrong') await fillForm(input, runId, form, by);
  else await stop();
}

/** An error names the field as the person was asked for it. */
function byLabel({ fields }: RunForm, error: AppErrorShape, language: 'en' | 'zh-CN'): AppErrorShape {
  const field = fields.find(({ name }) => name === error.values?.['field']);
  return field === undefined ? error : { ...error, values: { ...error.values, field: field.label[language] } };
}
