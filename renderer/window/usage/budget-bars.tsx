import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BudgetSetting } from '../../../contract/settings.ts';
import type { StandingOfBudget } from '../../../contract/usage.ts';
import { formatMoney } from '../../../locales/format-money.ts';
import { BudgetForm } from './budget-form.tsx';

export interface BudgetBarsProps {
  readonly budget: BudgetSetting;
  readonly standings: readonly StandingOfBudget[];
}

/** How much of each limit is used, and the way to set it. */
export function BudgetBars({ budget, standings }: BudgetBarsProps): ReactNode {
  const { t } = useTranslation('usage');
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="figure budget" aria-label={t('budget.name')}>
      <div className="budget-head">
        <span>{t('budget.name')}</span>
        <button type="button" className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(standings.length === 0 ? 'budget.set' : 'budget.change')}
        </button>
      </div>
      {standings.map(({ period, limit, used }) => (
        <div key={period} className="budget-row">
          <span id={`budget-${period}`}>{t(`budget.${period}`)}</span>
          <meter
            className="bar-meter"
            aria-labelledby={`budget-${period}`}
            min={0}
            max={limit}
            high={limit * 0.8}
            value={Math.min(used, limit)}
          />
          <span className="numbers">
            {t('budget.of', { used: formatMoney(used, budget.currency), limit: formatMoney(limit, budget.currency) })}
          </span>
        </div>
      ))}
      <small className="dim">{t(standings.length === 0 ? 'budget.none' : 'budget.about')}</small>
      {isOpen && <BudgetForm budget={budget} onDone={() => setOpen(false)} />}
    </section>
  );
}
