import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Segments, Switch } from '../settings/controls.tsx';
import { BothField, TextField } from './both-field.tsx';
import { type Doc, without } from './doc.ts';
import { newAsked } from './step-edits.ts';

export interface FormFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly isReadOnly: boolean;
  readonly fault: string | null;
  readonly onChange: (fields: readonly Doc[]) => void;
}

const types = ['text', 'number', 'date', 'choice'] as const;
const most = 8;

/** What a person is asked for: one block for each thing. */
export function FormField({ label, value, isReadOnly, fault, onChange }: FormFieldProps): ReactNode {
  const { t } = useTranslation('editor');
  const fields = Array.isArray(value) ? (value as readonly Doc[]) : [];
  const put = (at: number, field: Doc) => onChange(fields.map((one, index) => (index === at ? field : one)));
  return (
    <fieldset className="step-field wide asked-fields" disabled={isReadOnly}>
      <legend className="field-name">{label}</legend>
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is being typed, and two may be the same meanwhile
        <div className="asked-field" key={at}>
          <OneField {...{ field, isReadOnly }} onChange={(next) => put(at, next)} />
          <button
            type="button"
            className="text-button small"
            onClick={() => onChange(fields.filter((_, index) => index !== at))}
          >
            <Trash2 size={14} strokeWidth={1.6} aria-hidden /> {t('form.remove')}
          </button>
        </div>
      ))}
      {fields.length < most && !isReadOnly && (
        <button type="button" className="text-button small" onClick={() => onChange([...fields, newAsked(fields)])}>
          <Plus size={14} strokeWidth={1.6} aria-hidden /> {t('form.add')}
        </button>
      )}
      {fault !== null && <p className="refusal">{fault}</p>}
    </fieldset>
  );
}

interface OneFieldProps {
  readonly field: Doc;
  readonly isReadOnly: boolean;
  readonly onChange: (field: Doc) => void;
}

function OneField({ field, isReadOnly, onChange }: OneFieldProps): ReactNode {
  const { t } = useTranslation('editor');
  // Two steps may ask by the same name.
  const id = useId();
  const { name, label, type, options, usual, optional } = field;
  const common = { isReadOnly, fault: null, isLong: false };
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const lines = Array.isArray(options) ? options.map(String) : [];
  return (
    <>
      <BothField
        {...common}
        label={t('form.label')}
        value={label}
        onChange={(next) => onChange({ ...field, label: next })}
      />
      <TextField
        {...common}
        isCode
        label={t('form.name', { name: `{${text(name)}}` })}
        text={text(name)}
        onChange={(next) => onChange({ ...field, name: next })}
      />
      <TypeChoice id={`${id}-type`} value={text(type)} onChange={(next) => onChange(withType(field, next))} />
      {type === 'choice' && (
        <TextField
          {...common}
          isLong
          label={t('form.options')}
          text={lines.join('\n')}
          onChange={(next) => onChange({ ...field, options: next.split('\n').slice(0, 20) })}
        />
      )}
      <TextField
        {...common}
        label={t('form.usual')}
        text={text(usual)}
        onChange={(next) => onChange(next === '' ? without(field, ['usual']) : { ...field, usual: next })}
      />
      <label className="switch-line" htmlFor={`${id}-optional`}>
        <Switch
          id={`${id}-optional`}
          on={optional === true}
          onChange={(on) => onChange(on ? { ...field, optional: true } : without(field, ['optional']))}
        />{' '}
        {t('form.optional')}
      </label>
    </>
  );
}

interface TypeChoiceProps {
  readonly id: string;
  readonly value: string;
  readonly onChange: (type: string) => void;
}

function TypeChoice({ id, value, onChange }: TypeChoiceProps): ReactNode {
  const { t } = useTranslation('editor');
  const choices = types.map((one) => ({ value: one, name: t(`form.types.${one}`) }));
  return (
    <div className="step-field">
      <span className="field-name">{t('form.type')}</span>
      <Segments {...{ id, value, choices, onChange }} label={t('form.type')} />
    </div>
  );
}

/** Only choices have options, and what stood there at first is seldom of another type. */
export function withType(field: Doc, type: string): Doc {
  if (type === field['type']) return field;
  const made = without({ ...field, type }, ['usual', 'options']);
  return type === 'choice' ? { ...made, options: ['A', 'B'] } : made;
}
