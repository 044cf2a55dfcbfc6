import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Rule } from '../../contract/rule.ts';
import { sayRule } from '../../locales/say-rule.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { NewRule } from './new-rule.tsx';

/** The rules of where a question goes, in their order; what holds back less is asked about in main's own window. */
export function RulesSection(): ReactNode {
  const { t } = useTranslation('sending');
  const sayError = useSayError();
  const { list, error, refusal, change } = useRules();
  const without = (at: number) => list.filter((_, index) => index !== at);
  const moved = (at: number, by: 1 | -1) => without(at).toSpliced(at + by, 0, ...list.slice(at, at + 1));
  return (
    <section className="settings-group" aria-label={t('rules.name')}>
      <h2>{t('rules.name')}</h2>
      <p className="small dim">{t('rules.about')}</p>
      {error !== null && <Broken error={error} onStartOver={() => change([])} />}
      <ol className="setting-box rules">
        {list.length === 0 && error === null && <li className="setting dim">{t('rules.none')}</li>}
        {list.map((rule, index) => (
          <RuleRow
            key={JSON.stringify(rule)}
            rule={rule}
            onRemove={() => change(without(index))}
            onUp={index === 0 ? null : () => change(moved(index, -1))}
            onDown={index === list.length - 1 ? null : () => change(moved(index, 1))}
          />
        ))}
        <li className="setting small dim">{t('rules.otherwise')}</li>
      </ol>
      {refusal !== null && (
        <p className="note danger" role="alert">
          {sayError(refusal)}
        </p>
      )}
      {error === null && <NewRule onAdd={(rule) => change(withRule(list, rule))} />}
    </section>
  );
}

/** Where a new rule takes nothing from those that are there: what never leaves comes first, all else last. */
function withRule(list: readonly Rule[], rule: Rule): readonly Rule[] {
  return rule.does === 'never-leaves' ? [rule, ...list] : [...list, rule];
}

function useRules() {
  const client = useClient();
  const core = useMirror('shell')?.core;
  const { list = [], error = null, revision = 0 } = useMirror('rules') ?? {};
  const [refusal, setRefusal] = useState<AppErrorShape | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when core came back
  useEffect(() => void client.request('rules.refresh', {}), [client, core]);
  const change = async (next: readonly Rule[]) => {
    const answer = await client.request('rules.change', { revision, list: next });
    setRefusal(answer.ok || answer.error.code === 'app/not-agreed' ? null : answer.error);
  };
  return { list, error, refusal, change: (next: readonly Rule[]) => void change(next) };
}

interface RuleRowProps {
  readonly rule: Rule;
  readonly onRemove: () => void;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
}

function RuleRow({ rule, onRemove, onUp, onDown }: RuleRowProps): ReactNode {
  const { t } = useTranslation('sending');
  const said = sayRule(t, rule);
  return (
    <li className="setting rule">
      <span className="setting-words">{said}</span>
      <RuleButton name={t('rules.up', { rule: said })} onClick={onUp}>
        <ArrowUp size={16} strokeWidth={1.6} aria-hidden />
      </RuleButton>
      <RuleButton name={t('rules.down', { rule: said })} onClick={onDown}>
        <ArrowDown size={16} strokeWidth={1.6} aria-hidden />
      </RuleButton>
      <RuleButton name={t('rules.remove', { rule: said })} onClick={onRemove}>
        <X size={16} strokeWidth={1.6} aria-hidden />
      </RuleButton>
    </li>
  );
}

interface RuleButtonProps {
  readonly name: string;
  /** Null where it can do nothing. */
  readonly onClick: (() => void) | null;
  readonly children: ReactNode;
}

function RuleButton({ name, onClick, children }: RuleButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={name}
      title={name}
      disabled={onClick === null}
      onClick={onClick ?? undefined}
    >
      {children}
    </button>
  );
}

function Broken({
  error,
  onStartOver,
}: {
  readonly error: AppErrorShape;
  readonly onStartOver: () => void;
}): ReactNode {
  const { t } = useTranslation('sending');
  const client = useClient();
  const sayError = useSayError();
  return (
    <div className="note danger rules-broken" role="alert">
      <p>{sayError(error)}</p>
      <button
        type="button"
        className="button"
        onClick={() => void client.request('folder.show', { folder: 'profile' })}
      >
        {t('rules.openFolder')}
      </button>
      <button type="button" className="button" onClick={onStartOver}>
        {t('rules.startOver')}
      </button>
    </div>
  );
}
