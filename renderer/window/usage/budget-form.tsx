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

/** Limits of a day and a month. That more may be spent than now is asked by main, and not by this page. */
export function BudgetForm({ budget, onDone }: BudgetFormProps): ReactNode {
  const { t } = useTranslation(['usage', 'window']);
  const id = useId();
  const client = useClient();
  const sayError = useSayError();
  const [draft, setDraft] = useState(() => draftOf(budget));
  const [error, setError] = useState<AppErrorShape | null>(null);
  const [day, month] = [amountOf(draft.day), amountOf(draft.month)];
  const isWrong = day === 'wrong' || month === 'wrong';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (day === 'wrong' || month === 'wrong') return;
    const { currency, allows } = draft;
    const next: BudgetSetting = { ...budget, currency, day, month, unknownPrices: allows ? 'allow' : 'refuse' };
    const answer = await client.request('settings.set', { budget: next });
    if (answer.ok) onDone();
    else setError(answer.error);
  };
  const field = (name: 'day' | 'month') => (
    <label htmlFor={`${id}-${name}`}>
      {t(`budget.${name}`)}
      <input
        id={`${id}-${name}`}
        className="field numbers"
        inputMode="decimal"
        value={draft[name]}
        placeholder={t('budget.noLimit')}
        aria-invalid={amountOf(draft[name]) === 'wrong'}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <form className="budget-form" onSubmit={(event) => void save(event)}>
      <Segments
        id={`${id}-currency`}
        label={t('budget.currency')}
        value={draft.currency}
        choices={currencies.map((value) => ({ value, name: t(`currency.${value}`) }))}
        onChange={(currency) => setDraft({ ...draft, currency })}
      />
      <div className="budget-fields">
        {field('day')}
        {field('month')}
      </div>
      <div className="budget-switch">
        <Switch id={`${id}-unknown`} on={draft.allows} onChange={(allows) => setDraft({ ...draft, allows })} />
        <label htmlFor={`${id}-unknown`}>{t('budget.allowUnknown')}</label>
      </div>
      <small className="dim">{t('budget.rate', { rate: budget.yuanPerDollar })}</small>
      {isWrong && (
        <p className="refusal" role="alert">
          {t('budget.wrong')}
        </p>
      )}
      {error !== null && (
        <p className="refusal" role="alert">
          {sayError(error)}
        </p>
      )}
      <div className="form-buttons">
        <button type="submit" className="button primary" disabled={isWrong}>
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

function draftOf({ currency, day, month, unknownPrices }: BudgetSetting) {
  const text = (amount: number | null) => (amount === null ? '' : String(amount));
  return { currency, day: text(day), month: text(month), allows: unknownPrices === 'allow' };
}

/** Empty is no limit. Digits as both languages type them, with a point or a comma. */
export function amountOf(typed: string): number | null | 'wrong' {
  const text = typed.normalize('NFKC').trim().replace(/^[¥$]/, '').replace(',', '.');
  if (text === '') return null;
  const amount = /^\d{1,7}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  return amount > 0 && amount <= 1_000_000 ? amount : 'wrong';
}
