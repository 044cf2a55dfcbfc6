import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../app/backend.ts';

/** Says that the system's key store is locked, where keys of servers are in it. */
export function LockedKeyStore(): ReactNode {
  const { t } = useTranslation('window');
  const isLocked = useMirror('shell')?.keyStore === 'locked';
  const servers = useMirror('settings')?.servers ?? [];
  if (!isLocked || !servers.some(({ keyKept }) => keyKept === 'key-store')) return null;
  return (
    <div className="server-form locked-keys">
      <p className="small">{t('systemStore.locked')}</p>
      <UnlockKeyStore />
    </div>
  );
}

/** Has the system ask for the password of its key store, in a window of its own; nothing here waits for that. */
export function UnlockKeyStore(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const [stage, setStage] = useState<'idle' | 'waiting' | 'stays'>('idle');
  const unlock = async () => {
    setStage('waiting');
    await client.request('keyStore.unlock', {});
    // Once it is open, what holds this is no longer shown.
    setStage('stays');
  };
  return (
    <div className="passphrase-buttons">
      <button type="button" className="button" disabled={stage === 'waiting'} onClick={() => void unlock()}>
        {t('systemStore.unlock')}
      </button>
      <span className="small dim" role="status">
        {stage !== 'idle' && t(`systemStore.${stage}`)}
      </span>
    </div>
  );
}
