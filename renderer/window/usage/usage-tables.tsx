import { Cloud } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCost } from '../../../locales/format-money.ts';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { useMirror } from '../../app/backend.ts';
import type { CostRow, Figures } from './figures.ts';
import { UsageTable } from './usage-table.tsx';

/** Names from outside are as long as somebody wanted them to be. */
const longestName = 80;

/** What each model and each action was asked, and what it cost. */
export function UsageTables({ figures }: { readonly figures: Figures }): ReactNode {
  return (
    <div className="usage-pair">
      <Models figures={figures} />
      <Actions figures={figures} />
    </div>
  );
}

function Models({ figures }: { readonly figures: Figures }): ReactNode {
  const { t, i18n } = useTranslation('usage');
  return (
    <UsageTable
      caption={t('models')}
      columns={[
        { name: t('model'), holds: 'words' },
        { name: t('where'), holds: 'words' },
        { name: t('calls'), holds: 'count' },
        { name: t('words'), holds: 'count' },
        { name: t('cost'), holds: 'amount' },
      ]}
      rows={figures.models.map((row) => ({
        key: JSON.stringify([row.modelName, row.host, row.isHere]),
        cells: [
          shown(row.modelName),
          <Where key="where" row={row} />,
          row.calls.toLocaleString(i18n.language),
          row.words.toLocaleString(i18n.language),
          <Cost key="cost" row={row} currency={figures.currency} />,
        ],
      }))}
    />
  );
}

function Where({ row: { isHere, host } }: { readonly row: Figures['models'][number] }): ReactNode {
  const { t } = useTranslation('usage');
  return (
    <span className="usage-where">
      {isHere ? <span className="dot" aria-hidden /> : <Cloud size={14} strokeWidth={1.6} aria-hidden />}
      <span>{isHere ? t('receipts.here') : shown(host)}</span>
    </span>
  );
}

function Actions({ figures }: { readonly figures: Figures }): ReactNode {
  const { t, i18n } = useTranslation('usage');
  const atoms = useMirror('atoms')?.atoms ?? [];
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const nameOf = (id: string | null) =>
    id === null ? t('ownWords') : (atoms.find((atom) => atom.id === id)?.name[language] ?? id);
  return (
    <UsageTable
      caption={t('actions')}
      columns={[
        { name: t('action'), holds: 'words' },
        { name: t('here'), holds: 'count' },
        { name: t('sent'), holds: 'count' },
        { name: t('cost'), holds: 'amount' },
      ]}
      rows={figures.actions.map((row) => ({
        key: row.action ?? '',
        cells: [
          shown(nameOf(row.action)),
          row.here.toLocaleString(i18n.language),
          row.sent.toLocaleString(i18n.language),
          <Cost key="cost" row={row} currency={figures.currency} />,
        ],
      }))}
    />
  );
}

/** A price that is not known is said, and never shown as nothing. */
function Cost({ row, currency }: { readonly row: CostRow; readonly currency: Figures['currency'] }): ReactNode {
  const { t } = useTranslation('usage');
  if (row.unpriced === 0) return formatCost({ currency, ...row });
  const unknown = <span className="warn">{t('unpriced', { count: row.unpriced })}</span>;
  return row.high === 0 ? (
    unknown
  ) : (
    <>
      {formatCost({ currency, ...row })} + {unknown}
    </>
  );
}

function shown(name: string): string {
  const safe = showHiddenInLine(name);
  return safe.length > longestName ? `${safe.slice(0, longestName)}…` : safe;
}
