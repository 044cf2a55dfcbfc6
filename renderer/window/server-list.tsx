import { Cloud } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../contract/model.ts';
import { useClient, useMirror } from '../app/backend.ts';

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
        {rows.map(({ id, label, address, keyKept, local }) => (
          <li key={id}>
            <Cloud size={16} strokeWidth={1.6} aria-hidden />
            <span className="server-name">
              {label} <span className="dim small">{address}</span>
              <span className="row-note">
                {local ? t('servers.local') : t('servers.remote')} · {t(`servers.kept.${keyKept}`)}
              </span>
            </span>
            <button
              type="button"
              className="button plain"
              onClick={() => void client.request('server.remove', { serverId: id })}
            >
              {t('servers.remove')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
