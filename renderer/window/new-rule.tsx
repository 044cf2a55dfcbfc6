import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRow } from '../../contract/model.ts';
import type { Rule, RuleEnd } from '../../contract/rule.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';

const kinds = ['from', 'secrets', 'code', 'file', 'label', 'characters', 'pages', 'everything'] as const;
type Kind = (typeof kinds)[number];

const ends: readonly RuleEnd[] = ['never-leaves', 'no-training', 'here', 'ask-me', 'use'];
const withValue: readonly Kind[] = ['from', 'file', 'label', 'characters', 'pages'];

/** What a rule of a page holds of; null while that is not said yet. A file may have rules of several conditions. */
export function whenOf(kind: Kind, value: string): Omit<Rule, 'does' | 'model'> | null {
  const typed = value.trim();
  const count = Number(typed.replaceAll(/[\s,，]/g, ''));
  const isCount = Number.isInteger(count) && count > 0 && count <= 100_000_000;
  switch (kind) {
    case 'from':
      return typed === '' ? null : { from: typed.slice(0, 200) };
    case 'label':
      return typed.length < 2 ? null : { label: typed.slice(0, 100) };
    case 'file': {
      const ending = typed.replace(/^\*?\./, '').toLowerCase();
      return /^[\p{L}\p{N}]{1,20}$/u.test(ending) ? { file: ending } : null;
    }
    case 'characters':
      return isCount ? { longerThanCharacters: count } : null;
    case 'pages':
      return isCount ? { longerThanPages: count } : null;
    case 'everything':
      return {};
    default:
      return { has: kind };
  }
}

/** A rule being put together from what it holds of and what comes of it. */
export function NewRule({ onAdd }: { readonly onAdd: (rule: Rule) => void }): ReactNode {
  const { t } = useTranslation('sending');
  const [kind, setKind] = useState<Kind>('from');
  const [value, setValue] = useState('');
  const [does, setDoes] = useState<RuleEnd>('never-leaves');
  const [chosen, setModel] = useState('');
  const models = useModels().filter(({ installed }) => installed);
  const model = chosen === '' ? (models[0]?.id ?? '') : chosen;
  const when = whenOf(kind, value);
  const isWhole = when !== null && (does !== 'use' || model !== '');
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (when === null || !isWhole) return;
    onAdd({ ...when, does, ...(does === 'use' ? { model } : {}) });
    setValue('');
  };
  return (
    <form className="new-rule" aria-label={t('rules.add')} onSubmit={add}>
      <span className="small dim new-rule-if">{t('rules.if')}</span>
      <OneOf
        label={t('rules.if')}
        value={kind}
        options={kinds.map((one) => ({ id: one, name: t(`rules.kind.${one}`) }))}
        onChange={setKind}
      />
      {withValue.includes(kind) && <Value kind={kind} value={value} onChange={setValue} />}
      <OneOf
        label={t('rules.then')}
        value={does}
        options={ends.map((one) => ({ id: one, name: t(`rules.end.${one}`) }))}
        onChange={setDoes}
      />
      {does === 'use' && (
        <OneOf label={t('rules.model')} value={model} options={models.map(nameModel)} onChange={setModel} />
      )}
      <button type="submit" className="button" disabled={!isWhole}>
        {t('rules.addButton')}
      </button>
    </form>
  );
}

function nameModel(model: ModelRow): { readonly id: string; readonly name: string } {
  const name = showHiddenInLine(model.name);
  return { id: model.id, name: model.kind === 'server' ? `${name} · ${model.host}` : name };
}

interface OneOfProps<Option extends string> {
  readonly label: string;
  readonly value: Option;
  readonly options: readonly { readonly id: Option; readonly name: string }[];
  readonly onChange: (option: Option) => void;
}

function OneOf<Option extends string>({ label, value, options, onChange }: OneOfProps<Option>): ReactNode {
  return (
    <select
      className="field select"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as Option)}
    >
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface ValueProps {
  readonly kind: Kind;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Applications that were seen are offered by their names. */
function Value({ kind, value, onChange }: ValueProps): ReactNode {
  const { t } = useTranslation('sending');
  const listId = useId();
  const seen = useMirror('applications')?.applications ?? [];
  const hint = t(`rules.value.${kind}`);
  return (
    <>
      <input
        className="field"
        list={kind === 'from' ? listId : undefined}
        value={value}
        placeholder={hint}
        aria-label={hint}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {kind === 'from' && (
        <datalist id={listId}>
          {seen.map(({ name, label }) => (
            <option key={name} value={label} />
          ))}
        </datalist>
      )}
    </>
  );
}
