import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCost, formatMoney } from '../../../locales/format-money.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient, useMirror } from '../../app/backend.ts';
import { Segments } from '../settings/controls.tsx';
import { ToastView, useToast } from '../toast.tsx';
import { Accounts } from './accounts.tsx';
import { BarChart } from './bar-chart.tsx';
import { BudgetBars } from './budget-bars.tsx';
import { type Figures, figuresOf, type Slot, type Span } from './figures.ts';
import { LogCheck } from './log-check.tsx';
import { UsageTables } from './usage-tables.tsx';
import { useUsage } from './use-usage.ts';

const spans: readonly Span[] = ['week', 'month', 'year'];

/** What models were asked, what stayed on this machine and what left, what it cost, and how much may be spent. */
export function UsagePage(): ReactNode {
  const { t } = useTranslation('usage');
  const [span, setSpan] = useState<Span>('month');
  const budget = useMirror('settings')?.budget;
  const usage = useUsage(span);
  if (usage === null || budget === undefined) return null;
  const figures = figuresOf(usage.groups, span, new Date(), budget);
  return (
    <>
      <div className="page-body usage">
        <header className="page-head">
          <div>
            <h1>{t('title')}</h1>
            <p className="dim">{t('about')}</p>
          </div>
          <div className="more">
            {usage.hasAny && (
              <Segments
                id="usage-span"
                label={t('span.name')}
                value={span}
                choices={spans.map((value) => ({ value, name: t(`span.${value}`) }))}
                onChange={setSpan}
              />
            )}
            {usage.hasAny && <ExportButton />}
          </div>
        </header>
        <div className="figures">
          {usage.hasAny && <Totals figures={figures} span={span} />}
          <BudgetBars budget={budget} standings={usage.standings} />
        </div>
        {!usage.hasAny && <p className="dim usage-empty">{t('empty')}</p>}
        {usage.hasAny && <Charts figures={figures} span={span} />}
        {usage.hasAny && figures.calls > 0 && <UsageTables figures={figures} />}
        <Accounts figures={figures} />
        {usage.hasAny && <LogCheck />}
      </div>
      <ToastView />
    </>
  );
}

function Totals({ figures, span }: { readonly figures: Figures; readonly span: Span }): ReactNode {
  const { t, i18n } = useTranslation('usage');
  const { here, sent, unpriced } = figures;
  const all = here + sent;
  const count = (value: number) => value.toLocaleString(i18n.language);
  return (
    <>
      <div className="figure">
        <span>{t(`spent.${span}`)}</span>
        <b className="numbers">{formatCost(figures)}</b>
        <small className={unpriced === 0 ? 'dim' : 'warn'}>
          {unpriced === 0 ? t('spent.all', { count: figures.calls }) : t('spent.unpriced', { count: unpriced })}
        </small>
      </div>
      <div className="figure">
        <span>{t('kept.name')}</span>
        <b className="numbers">{all === 0 ? '–' : (here / all).toLocaleString(i18n.language, { style: 'percent' })}</b>
        <small className="dim numbers">{t('kept.of', { here: count(here), all: count(all) })}</small>
      </div>
    </>
  );
}

function Charts({ figures, span }: { readonly figures: Figures; readonly span: Span }): ReactNode {
  const { t, i18n } = useTranslation('usage');
  const bars = (values: (slot: Slot) => readonly number[]) =>
    figures.slots.map((slot) => ({ key: slot.key, ...namesOf(slot.key, span, i18n.language), values: values(slot) }));
  return (
    <div className="usage-pair">
      <BarChart
        title={t(span === 'year' ? 'chart.costByMonth' : 'chart.cost')}
        series={[{ name: t('cost'), look: 'full' }]}
        bars={bars(({ cost }) => [cost])}
        say={(value) => formatMoney(value, figures.currency)}
      />
      <BarChart
        title={t(span === 'year' ? 'chart.wordsByMonth' : 'chart.words')}
        series={[
          { name: t('chart.stayed'), look: 'kept' },
          { name: t('chart.left'), look: 'line' },
        ]}
        bars={bars(({ here, sent }) => [here, sent])}
        say={(value) => Math.round(value).toLocaleString(i18n.language)}
      />
    </div>
  );
}

/** A day or a month as it is read. */
function namesOf(key: string, span: Span, language: string) {
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number);
  const date = new Date(year, month - 1, day);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options).format(date);
  if (span === 'year') return { name: format({ year: 'numeric', month: 'long' }), label: format({ month: 'short' }) };
  return { name: format({ month: 'long', day: 'numeric' }), label: format({ month: 'short', day: 'numeric' }) };
}

function ExportButton(): ReactNode {
  const { t } = useTranslation('usage');
  const client = useClient();
  const toast = useToast();
  const sayError = useSayError();
  const run = async () => {
    const answer = await client.request('receipts.export', {});
    if (!answer.ok) toast({ text: sayError(answer.error) });
    else if (answer.value.fileName !== null) toast({ text: t('exported', { name: answer.value.fileName }) });
  };
  return (
    <button type="button" className="button" onClick={() => void run()}>
      <Download size={14} strokeWidth={1.6} aria-hidden />
      {t('export')}
    </button>
  );
}
