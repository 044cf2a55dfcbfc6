import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { useMirror } from '../../app/backend.ts';
import { Select } from '../settings/controls.tsx';

export interface ActionFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly isReadOnly: boolean;
  readonly fault: string | null;
  readonly onChange: (id: string) => void;
}

/** One of the actions that are here, by its name; one that is not here stays, and is told as such. */
export function ActionField({ label, value, isReadOnly, fault, onChange }: ActionFieldProps): ReactNode {
  const { t, i18n } = useTranslation('editor');
  const id = useId();
  const atoms = useMirror('atoms')?.atoms ?? [];
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const known = atoms.map((atom) => ({ value: atom.id, name: showHiddenInLine(atom.name[language]) }));
  const at = typeof value === 'string' ? value : '';
  const isHere = known.some((one) => one.value === at);
  const gone = { value: at, name: at === '' ? t('form.chooseAction') : t('form.gone', { id: showHiddenInLine(at) }) };
  return (
    <fieldset className="step-field" disabled={isReadOnly}>
      <label htmlFor={id}>{label}</label>
      <Select id={id} value={at} label={label} choices={isHere ? known : [gone, ...known]} onChange={onChange} />
      {fault !== null && <p className="refusal">{fault}</p>}
    </fieldset>
  );
}
