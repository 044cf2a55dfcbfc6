import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../contract/model.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** Whether a server shares its work with others that have the same model, and what it has to do now. */
export function ServerShare({ server }: { readonly server: ServerRow }): ReactNode {
  const { t } = useTranslation('window');
  const say = useSayError();
  const client = useClient();
  const load = useMirror('pool')?.servers.find(({ serverId }) => serverId === server.id);
  if (server.peers === 0) return null;
  const { id: serverId, shares, peers } = server;
  return (
    <div className="server-share">
      <label className="check">
        <input
          type="checkbox"
          checked={shares}
          onChange={() => void client.request('server.share', { serverId, shares: !shares })}
        />
        {t('servers.share', { count: peers })}
      </label>
      <p className="server-load small dim" role="status">
        {t('servers.load', { count: load?.busy ?? 0, answered: load?.answered ?? 0 })}
        {load?.failed && <span className="server-failed"> {say(load.failed)}</span>}
      </p>
    </div>
  );
}
