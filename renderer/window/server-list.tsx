import { Cloud, Server } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../contract/model.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { ServerForm } from './server-form.tsx';
import { ServerShare } from './server-share.tsx';
import { keptWord } from './where-kept.ts';

/** Addresses that were added, each with where its key is kept. */
export function ServerList(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const servers = useMirror('settings')?.servers;
  const [rows, setRows] = useState<readonly ServerRow[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the setting changed
  useEffect(() => {
    void client.request('server.list', {}).then((answer) => answer.ok && setRows(answer.value));
  }, [client, servers]);
  if (rows.length === 0) return null;
  return (
    <section className="servers">
      <h2>{t('servers.title')}</h2>
      <ul>
        {rows.map((server) => (
          <ServerItem key={server.id} server={server} />
        ))}
      </ul>
    </section>
  );
}

function ServerItem({ server }: { readonly server: ServerRow }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const [changing, setChanging] = useState(false);
  const { id, label, address, keyKept, local } = server;
  const passphrase = useMirror('lockedKeys')?.status;
  const Icon = local ? Server : Cloud;
  return (
    <li>
      <div className="server-row">
        <Icon size={16} strokeWidth={1.6} aria-hidden />
        <span className="server-name">
          {label} <span className="dim small">{address}</span>
          <span className="row-note">
            {local ? t('servers.local') : t('servers.remote')} · {t(`servers.kept.${keptWord(keyKept, passphrase)}`)}
          </span>
        </span>
        <button type="button" className="button plain" aria-expanded={changing} onClick={() => setChanging(!changing)}>
          {t('servers.change')}
        </button>
        <button
          type="button"
          className="button plain"
          onClick={() => void client.request('server.remove', { serverId: id })}
        >
          {t('servers.remove')}
        </button>
      </div>
      <ServerShare server={server} />
      {changing && <ServerForm server={server} onDone={() => setChanging(false)} onCancel={() => setChanging(false)} />}
    </li>
  );
}
