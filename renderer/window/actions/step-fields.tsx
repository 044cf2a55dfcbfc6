import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepField, StepKind } from '../../../contract/atom-edit.ts';
import { Segments, Select, Switch } from '../settings/controls.tsx';
import { ActionField } from './action-field.tsx';
import { BothField, TextField } from './both-field.tsx';
import type { StepDoc } from './doc.ts';
import { FormField } from './form-field.tsx';
import { withField } from './step-edits.ts';

export interface StepFieldsProps {
  readonly step: StepDoc;
  readonly kind: StepKind;
  readonly isReadOnly: boolean;
  /** What is wrong with a field; null where nothing is. */
  readonly faultOf: (field: string) => string | null;
  readonly onChange: (step: StepDoc, field: string) => void;
}

/** The form of a step, as its kind says: nothing here knows any single kind. */
export function StepFields(props: StepFieldsProps): ReactNode {
  if (props.kind.fields.length === 0) return null;
  return (
    <div className="step-fields">
      {props.kind.fields.map((field) => (
        <Field key={field.name} field={field} {...props} />
      ))}
    </div>
  );
}

type FieldProps = StepFieldsProps & { readonly field: StepField };

function Field(props: FieldProps): ReactNode {
  const { step, field, isReadOnly, faultOf, onChange } = props;
  const { t } = useTranslation('editor');
  const label = useFieldLabel(step, field);
  const value = step[field.name];
  const put = (next: unknown) => onChange(withField(step, field, next), field.name);
  const fault = faultOf(field.name);
  if (field.kind === 'both')
    return <BothField {...{ label, value, isReadOnly, fault }} isLong className="wide" onChange={put} />;
  if (field.kind === 'form') return <FormField {...{ label, value, isReadOnly, fault }} onChange={put} />;
  if (field.kind === 'action') return <ActionField {...{ label, value, isReadOnly, fault }} onChange={put} />;
  if (field.kind === 'choice' || field.kind === 'choices' || field.kind === 'switch')
    return <Choice {...props} label={label} value={value} put={put} />;
  const text = typeof value === 'string' ? value : '';
  const placeholder = step['do'] === 'join' && field.name === 'with' ? { placeholder: t('usual') } : {};
  return (
    <TextField
      {...{ label, isReadOnly, fault, ...placeholder }}
      // A line end is a character like others, which a field of one line would not show.
      isLong={text.includes('\n')}
      isCode={field.kind === 'pattern'}
      text={text}
      onChange={put}
    />
  );
}

interface ChoiceProps extends FieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly put: (value: unknown) => void;
}

function Choice({ field, label, value, isReadOnly, put }: ChoiceProps): ReactNode {
  const { t } = useTranslation('editor');
  const id = useId();
  const { optional, usual, options } = field;
  // What one field means by a word may not be what another does.
  const nameOf = (option: string) => t([`optionOf.${field.name}.${option}`, `option.${option}`]);
  const named = options.map((option) => ({ value: option, name: nameOf(option) }));
  const choices = optional && usual === null ? [{ value: '', name: t('none') }, ...named] : named;
  const at = typeof value === 'string' ? value : optional ? (usual ?? '') : null;
  return (
    <fieldset className={`step-field${field.kind === 'choices' ? ' wide' : ''}`} disabled={isReadOnly}>
      {field.kind === 'switch' ? (
        <label className="switch-line" htmlFor={id}>
          <Switch id={id} on={value === true} onChange={put} /> {label}
        </label>
      ) : field.kind === 'choices' ? (
        <Checks label={label} options={named} value={value} put={put} />
      ) : choices.length <= 4 ? (
        <>
          <span className="field-name">{label}</span>
          <Segments id={id} value={at} label={label} choices={choices} onChange={put} />
        </>
      ) : (
        <>
          <label htmlFor={id}>{label}</label>
          <Select id={id} value={at} label={label} choices={choices} onChange={put} />
        </>
      )}
    </fieldset>
  );
}

interface ChecksProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly value: unknown;
  readonly put: (value: unknown) => void;
}

/** Any of some; they stay in the order of the list. */
function Checks({ label, options, value, put }: ChecksProps): ReactNode {
  const chosen = new Set<unknown>(Array.isArray(value) ? value : []);
  const toggle = (option: string) => {
    const next = new Set(chosen);
    if (!next.delete(option)) next.add(option);
    put(options.flatMap((one) => (next.has(one.value) ? [one.value] : [])));
  };
  return (
    <>
      <legend className="field-name">{label}</legend>
      <div className="checks">
        {options.map(({ value: option, name }) => (
          <label key={option}>
            <input type="checkbox" checked={chosen.has(option)} onChange={() => toggle(option)} /> {name}
          </label>
        ))}
      </div>
    </>
  );
}

/** Some fields are called otherwise in one kind of step. */
function useFieldLabel(step: StepDoc, { name }: StepField): string {
  const { t } = useTranslation('editor');
  return t([`fieldOf.${String(step['do'])}.${name}`, `field.${name}`]);
}
