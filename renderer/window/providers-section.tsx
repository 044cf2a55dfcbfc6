import { CircleAlert, CircleCheck, CircleDashed, Server } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../contract/model.ts';
import type { ProviderRow } from '../../contract/provider.ts';
import { sayPolicy } from '../../locales/say-policy.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { ProviderKey } from './provider-key.tsx';
import { mayTrain, sayPrice, sayPriceSource } from './say-provider.ts';
import { keptWord } from './where-kept.ts';

const groups = ['china', 'international', 'own'] as const;

/** Providers that are known: whose machine answers, who may keep the words, and what a question costs. */
export function ProvidersSection(): ReactNode {
  const { t, i18n } = useTranslation('window');
  const { rows, servers } = useProviders();
  const [wanted, setWanted] = useState('');
  const title = useId();
  const language = i18n.language.startsWith('zh') ? 'zh-CN' : 'en';
  const shown = rows.filter((row) => fits(row, wanted));
  return (
    <section className="providers" aria-labelledby={title}>
      <header>
        <h2 id={title}>{t('providers.title')}</h2>
        <input
          className="field"
          type="search"
          value={wanted}
          placeholder={t('providers.search')}
          aria-label={t('providers.search')}
          onChange={(event) => setWanted(event.target.value)}
        />
      </header>
      <p className="dim">{t('providers.about')}</p>
      {shown.length > 0 && (
        <div className="provider-row provider-head" aria-hidden>
          <span />
          <span>{t('providers.head.name')}</span>
          <span>{t('providers.head.key')}</span>
          <span>{t('providers.head.words')}</span>
          <span className="provider-price">{t('providers.head.price')}</span>
          <span />
        </div>
      )}
      {groups.map((group) => (
        <ProviderGroup
          key={group}
          title={t(`providers.group.${group}`)}
          rows={shown.filter((row) => row.group === group)}
          servers={servers}
          language={language}
        />
      ))}
      {shown.length === 0 && rows.length > 0 && <p className="dim">{t('providers.none', { wanted })}</p>}
    </section>
  );
}

/** Asked anew when a server was added or went. */
function useProviders(): { readonly rows: readonly ProviderRow[]; readonly servers: readonly ServerRow[] } {
  const client = useClient();
  const settings = useMirror('settings')?.servers;
  const [rows, setRows] = useState<readonly ProviderRow[]>([]);
  const [servers, setServers] = useState<readonly ServerRow[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the setting changed
  useEffect(() => {
    void client.request('providers.list', {}).then((answer) => answer.ok && setRows(answer.value));
    void client.request('server.list', {}).then((answer) => answer.ok && setServers(answer.value));
  }, [client, settings]);
  return { rows, servers };
}

function fits({ id, names, models }: ProviderRow, wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/);
  const all = [id, names.en, names['zh-CN'], ...models.map((model) => model.id)].join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

interface GroupProps {
  readonly title: string;
  readonly rows: readonly ProviderRow[];
  readonly servers: readonly ServerRow[];
  readonly language: 'en' | 'zh-CN';
}

function ProviderGroup({ title, rows, servers, language }: GroupProps): ReactNode {
  const id = useId();
  if (rows.length === 0) return null;
  return (
    <>
      <h3 id={id}>{title}</h3>
      <ul aria-labelledby={id}>
        {rows.map((row) => (
          <ProviderItem key={row.id} row={row} servers={servers} language={language} />
        ))}
      </ul>
    </>
  );
}

function firstSign(name: string): string {
  return [...name][0] ?? '';
}

function ProviderItem({ row, servers, language }: Omit<GroupProps, 'title' | 'rows'> & { readonly row: ProviderRow }) {
  const { t } = useTranslation('window');
  const [entering, setEntering] = useState(false);
  const passphrase = useMirror('lockedKeys')?.status;
  const added = servers.filter(({ id }) => row.servers.includes(id));
  const kept = added[0] === undefined ? null : keptWord(added[0].keyKept, passphrase);
  const state = kept === null ? t('providers.noKey') : t(`servers.kept.${kept}`);
  const isReady = kept !== null && kept !== 'thrown';
  const State = isReady ? CircleCheck : CircleDashed;
  const models = added.length > 0 ? added.flatMap((server) => server.models) : row.models.map(({ id }) => id);
  return (
    <li>
      <div className="provider-row">
        <span className="provider-mark" aria-hidden>
          {row.group === 'own' ? <Server size={14} strokeWidth={1.6} /> : firstSign(row.names[language])}
        </span>
        <span className="provider-name">
          {row.names[language]}
          <span className="row-note">{models.slice(0, 3).join(' · ')}</span>
        </span>
        {row.group === 'own' && added.length === 0 ? (
          <span />
        ) : (
          <span className={isReady ? 'provider-state added' : 'provider-state'}>
            <State size={14} strokeWidth={1.6} aria-hidden />
            {state}
          </span>
        )}
        <span className="provider-policy">
          {mayTrain(row) && <CircleAlert className="warn" size={14} strokeWidth={1.6} aria-hidden />}
          <span>
            <span className="provider-label">{t('providers.head.before', { name: t('providers.head.words') })}</span>
            {sayPolicy(t, row)}
          </span>
        </span>
        <Price row={row} />
        {!entering && (
          <button type="button" className="button" onClick={() => setEntering(true)}>
            {row.group === 'own' ? t('servers.add') : t('providers.enterKey')}
          </button>
        )}
      </div>
      {entering && <ProviderKey provider={row} language={language} onDone={() => setEntering(false)} />}
    </li>
  );
}

/** What a hundred questions cost, of the first of its models; nothing for machines of one's own. */
function Price({ row }: { readonly row: ProviderRow }): ReactNode {
  const { t } = useTranslation('window');
  const price = row.models[0]?.price ?? null;
  if (row.group === 'own') return <span className="provider-price" />;
  const source = sayPriceSource(t, price);
  return (
    <span className="provider-price">
      <span className="provider-label">{t('providers.head.before', { name: t('providers.head.price') })}</span>
      {sayPrice(t, price)}
      {source !== '' && <span className="row-note">{source}</span>}
    </span>
  );
}
