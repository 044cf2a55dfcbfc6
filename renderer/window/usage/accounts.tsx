import { Cloud } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { AccountFigure, AccountRow } from '../../../contract/provider.ts';
import { formatCost, formatMoney } from '../../../locales/format-money.ts';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient, useMirror } from '../../app/backend.ts';
import type { Figures } from './figures.ts';

/** What a provider said, when it was asked. */
type Told =
  | { readonly figures: readonly AccountFigure[]; readonly at: number }
  | { readonly error: AppErrorShape }
  | 'asked';

/** What providers say of their accounts, beside what was counted here; asked only by a button. */
export function Accounts({ figures }: { readonly figures: Figures }): ReactNode {
  const { t } = useTranslation('usage');
  const client = useClient();
  const servers = JSON.stringify(useMirror('settings')?.servers.map(({ id, address }) => [id, address]));
  const [rows, setRows] = useState<readonly AccountRow[]>([]);
  const [told, setTold] = useState<Readonly<Record<string, Told>>>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: servers stand for what is read
  useEffect(() => {
    void client.request('providers.accounts', {}).then((answer) => answer.ok && setRows(answer.value));
  }, [client, servers]);
  const ask = async ({ serverId }: AccountRow) => {
    const put = (one: Told) => setTold((all) => ({ ...all, [serverId]: one }));
    put('asked');
    const answer = await client.request('providers.account', { serverId });
    put(answer.ok ? answer.value : { error: answer.error });
  };
  if (rows.length === 0) return null;
  return (
    <section className="accounts" aria-labelledby="accounts-name">
      <h2 id="accounts-name">{t('accounts.name')}</h2>
      <p className="small dim">{t('accounts.about')}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.serverId}>
            <Account row={row} told={told[row.serverId]} ours={oursOf(row, figures)} onAsk={() => void ask(row)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AccountProps {
  readonly row: AccountRow;
  readonly told: Told | undefined;
  /** What was counted here; null for nothing. */
  readonly ours: string | null;
  readonly onAsk: () => void;
}

function Account({ row, told, ours, onAsk }: AccountProps): ReactNode {
  const { t } = useTranslation('usage');
  const name = showHiddenInLine(row.label);
  return (
    <>
      <span className="usage-where">
        <Cloud size={14} strokeWidth={1.6} aria-hidden />
        <b>{name}</b>
      </span>
      <span className="dim">{ours === null ? t('accounts.nothing') : t('accounts.ours', { amount: ours })}</span>
      <span role="status">
        <Said told={told} />
      </span>
      <button
        type="button"
        className="button"
        disabled={told === 'asked'}
        aria-label={t('accounts.askOf', { name })}
        onClick={onAsk}
      >
        {t('accounts.ask')}
      </button>
    </>
  );
}

function Said({ told }: Pick<AccountProps, 'told'>): ReactNode {
  const { t, i18n } = useTranslation('usage');
  const sayError = useSayError();
  if (told === undefined) return '–';
  if (told === 'asked') return t('accounts.asking');
  if ('error' in told) return <span className="warn">{sayError(told.error)}</span>;
  const at = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(told.at);
  const parts = told.figures.map(({ what, currency, amount }) =>
    t(`accounts.${what}`, {
      amount: amount < 0 ? `−${formatMoney(-amount, currency)}` : formatMoney(amount, currency),
    }),
  );
  return [...parts, at].join(' · ');
}

/** What the calls to one host came to, in the time that is shown. */
function oursOf({ host }: AccountRow, { models, currency }: Figures): string | null {
  const own = models.filter((row) => !row.isHere && row.host === host);
  if (own.length === 0) return null;
  const sum = (of: 'low' | 'high') => own.reduce((all, row) => all + row[of], 0);
  return formatCost({ currency, low: sum('low'), high: sum('high') });
}
