import { Cloud } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCost } from '../../../locales/format-money.ts';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { useMirror } from '../../app/backend.ts';
import type { CostRow, Figures } from './figures.ts';

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
    <table className="usage-table">
      <caption className="hidden-text">{t('models')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('model')}</th>
          <th scope="col">{t('where')}</th>
          <th scope="col" className="number">
            {t('calls')}
          </th>
          <th scope="col" className="number">
            {t('words')}
          </th>
          <th scope="col" className="number">
            {t('cost')}
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.models.map((row) => (
          <tr key={JSON.stringify([row.modelName, row.host, row.isHere])}>
            <th scope="row">{shown(row.modelName)}</th>
            <td>
              <span className="usage-where">
                {row.isHere ? <span className="dot" aria-hidden /> : <Cloud size={14} strokeWidth={1.6} aria-hidden />}
                <span>{row.isHere ? t('receipts.here') : shown(row.host)}</span>
              </span>
            </td>
            <td className="number count">{row.calls.toLocaleString(i18n.language)}</td>
            <td className="number count">{row.words.toLocaleString(i18n.language)}</td>
            <td className="number">
              <Cost row={row} currency={figures.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Actions({ figures }: { readonly figures: Figures }): ReactNode {
  const { t, i18n } = useTranslation('usage');
  const atoms = useMirror('atoms')?.atoms ?? [];
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const nameOf = (id: string | null) =>
    id === null ? t('ownWords') : (atoms.find((atom) => atom.id === id)?.name[language] ?? id);
  return (
    <table className="usage-table">
      <caption className="hidden-text">{t('actions')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('action')}</th>
          <th scope="col" className="number">
            {t('here')}
          </th>
          <th scope="col" className="number">
            {t('sent')}
          </th>
          <th scope="col" className="number">
            {t('cost')}
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.actions.map((row) => (
          <tr key={row.action ?? ''}>
            <th scope="row">{shown(nameOf(row.action))}</th>
            <td className="number count">{row.here.toLocaleString(i18n.language)}</td>
            <td className="number count">{row.sent.toLocaleString(i18n.language)}</td>
            <td className="number">
              <Cost row={row} currency={figures.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
