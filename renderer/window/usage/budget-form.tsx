import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Currency } from '../../../contract/price.ts';
import type { BudgetSetting } from '../../../contract/settings.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient } from '../../app/backend.ts';
import { Segments, Switch } from '../settings/controls.tsx';

export interface BudgetFormProps {
  readonly budget: BudgetSetting;
  readonly onDone: () => void;
}

/** A budget while it is typed. */
interface Draft {
  readonly currency: Currency;
  readonly day: string;
  readonly month: string;
  readonly allows: boolean;
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Limits of a day and a month. That more may be spent than now is asked by main, and not by this page. */
export function BudgetForm({ budget, onDone }: BudgetFormProps): ReactNode {
  const { t } = useTranslation(['usage', 'window']);
  const client = useClient();
  const sayError = useSayError();
  const [draft, setDraft] = useState(() => draftOf(budget));
  const [error, setError] = useState<AppErrorShape | null>(null);
  const next = budgetOf(draft, budget);
  const parts = { draft, onChange: (change: Partial<Draft>) => setDraft({ ...draft, ...change }) };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (next === null) return;
    const answer = await client.request('settings.set', { budget: next });
    if (answer.ok) onDone();
    else setError(answer.error);
  };
  const refusal = next === null ? t('budget.wrong') : error === null ? null : sayError(error);
  return (
    <form className="budget-form" onSubmit={(event) => void save(event)}>
      <Limits {...parts} />
      <Unknown {...parts} />
      <small className="dim">{t('budget.rate', { rate: budget.yuanPerDollar })}</small>
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <div className="form-buttons">
        <button type="submit" className="button primary" disabled={next === null}>
          {t('budget.save')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('cancel', { ns: 'window' })}
        </button>
      </div>
    </form>
  );
}

const currencies: readonly Currency[] = ['CNY', 'USD'];

function Limits({ draft, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('usage');
  const id = useId();
  return (
    <>
      <Segments
        id={`${id}-currency`}
        label={t('budget.currency')}
        value={draft.currency}
        choices={currencies.map((value) => ({ value, name: t(`currency.${value}`) }))}
        onChange={(currency) => onChange({ currency })}
      />
      <div className="budget-fields">
        {(['day', 'month'] as const).map((name) => (
          <label key={name} htmlFor={`${id}-${name}`}>
            {t(`budget.${name}`)}
            <input
              id={`${id}-${name}`}
              className="field numbers"
              inputMode="decimal"
              value={draft[name]}
              placeholder={t('budget.noLimit')}
              aria-invalid={amountOf(draft[name]) === 'wrong'}
              onChange={(event) => onChange({ [name]: event.target.value })}
            />
          </label>
        ))}
      </div>
    </>
  );
}

function Unknown({ draft, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('usage');
  const id = useId();
  return (
    <div className="budget-switch">
      <Switch id={id} on={draft.allows} onChange={(allows) => onChange({ allows })} />
      <label htmlFor={id}>{t('budget.allowUnknown')}</label>
    </div>
  );
}

function draftOf({ currency, day, month, unknownPrices }: BudgetSetting): Draft {
  const text = (amount: number | null) => (amount === null ? '' : String(amount));
  return { currency, day: text(day), month: text(month), allows: unknownPrices === 'allow' };
}

/** Null while what is typed is no budget. */
function budgetOf(draft: Draft, now: BudgetSetting): BudgetSetting | null {
  const [day, month] = [amountOf(draft.day), amountOf(draft.month)];
  if (day === 'wrong' || month === 'wrong') return null;
  return { ...now, currency: draft.currency, day, month, unknownPrices: draft.allows ? 'allow' : 'refuse' };
}

/** Empty is no limit. Digits as both languages type them, with a point or a comma. */
export function amountOf(typed: string): number | null | 'wrong' {
  const text = typed.normalize('NFKC').trim().replace(/^[¥$]/, '').replace(',', '.');
  if (text === '') return null;
  const amount = /^\d{1,7}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  return amount > 0 && amount <= 1_000_000 ? amount : 'wrong';
}
