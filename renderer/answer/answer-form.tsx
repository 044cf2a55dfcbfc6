import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../contract/atom-forms.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { showHidden } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { useClient } from '../app/backend.ts';
import type { AskedForm } from '../run/run-store.ts';
import { useSayError } from './say-error.ts';

/** What an action asks before it begins. Enter goes on, Escape stops it, Tab goes from field to field. */
export function AnswerForm({ runId, form }: AskedForm): ReactNode {
  const { t } = useTranslation('common');
  const client = useClient();
  const [answers, setAnswers] = useState(form.initial);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const element = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each form
  useEffect(() => focusOn(element.current, undefined), [form.id]);
  const fill = async (event?: FormEvent) => {
    event?.preventDefault();
    const answer = await client.request('run.fill', { runId, formId: form.id, answers });
    if (answer.ok) return;
    setError(answer.error);
    focusOn(element.current, wrongIn(answer.error));
  };
  const stop = () => void client.request('run.cancel', { runId });
  // The box around takes what is typed for its own, wherever the focus is.
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') stop();
    else if (event.key === 'Enter' && isChoice(event.target)) void fill();
    else return;
    event.preventDefault();
  };
  return (
    <form ref={element} className="answer-form" aria-label={t('form.title')} onSubmit={fill} onKeyDown={onKeyDown}>
      {form.fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={answers[field.name] ?? ''}
          error={error !== null && wrongIn(error) === field.name ? error : null}
          onChange={(value) => setAnswers((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <div className="answer-form-foot">
        <button type="submit" className="button primary">
          {t('form.go')}
        </button>
        <button type="button" className="button" onClick={stop}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  );
}

/** Gives the keys to a field, or to the first; of choices to the one that is chosen. */
function focusOn(form: HTMLFormElement | null, name: string | undefined): void {
  const fields = [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])];
  const wanted = name === undefined ? fields.slice(0, 1) : fields.filter(({ dataset }) => dataset['field'] === name);
  const first = wanted[0]?.dataset['field'];
  const chosen = fields.find((field) => field.dataset['field'] === first && field.matches(':checked'));
  (chosen ?? wanted[0])?.focus();
}

/** The name of the field that an error is about. */
function wrongIn({ values }: AppErrorShape): string | undefined {
  const name = values?.['field'];
  return typeof name === 'string' ? name : undefined;
}

function isChoice(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === 'radio';
}

interface FieldProps {
  readonly field: FormField;
  readonly value: string;
  readonly error: AppErrorShape | null;
  readonly onChange: (value: string) => void;
}

function Field({ field, value, error, onChange }: FieldProps): ReactNode {
  const { t, i18n } = useTranslation('common');
  const sayError = useSayError();
  const id = useId();
  const label = showHidden(field.label[i18n.language === 'zh-CN' ? 'zh-CN' : 'en']);
  const said = field.optional === true ? `${label} (${t('form.optional')})` : label;
  const refusal = error === null ? null : sayError({ ...error, values: { ...error.values, field: label } });
  const shared = {
    ...{ id, value, 'data-field': field.name, className: 'field', spellCheck: false, autoComplete: 'off' },
    ...{ 'aria-invalid': error !== null || undefined, 'aria-describedby': error === null ? undefined : `${id}-fault` },
  } as const;
  return (
    <div className="answer-form-field" lang={glyphLanguageOf(label)}>
      {field.type === 'choice' ? (
        <Choices {...{ field, value, onChange }} label={said} fault={error === null ? undefined : `${id}-fault`} />
      ) : (
        <>
          <label htmlFor={id}>{said}</label>
          <input
            {...shared}
            type={field.type === 'date' ? 'date' : 'text'}
            inputMode={field.type === 'number' ? 'decimal' : undefined}
            dir="auto"
            onChange={(event) => onChange(event.target.value)}
          />
        </>
      )}
      {refusal !== null && (
        <p className="refusal" role="alert" id={`${id}-fault`}>
          {refusal}
        </p>
      )}
    </div>
  );
}

interface ChoicesProps extends Omit<FieldProps, 'error'> {
  readonly label: string;
  /** The id of what says why the choice was not taken. */
  readonly fault: string | undefined;
}

function Choices({ field, value, label, fault, onChange }: ChoicesProps): ReactNode {
  const name = useId();
  return (
    <fieldset aria-describedby={fault}>
      <legend>{label}</legend>
      <div className="answer-form-choices">
        {(field.options ?? []).map((option) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              data-field={field.name}
              checked={option === value}
              onChange={() => onChange(option)}
            />{' '}
            {showHidden(option)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
