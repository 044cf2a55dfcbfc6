import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { UnlockKeyStore } from './locked-key-store.tsx';
import { Passphrase } from './passphrase.tsx';
import { whereKept } from './where-kept.ts';

/** Where a key that is entered now will be kept, and a passphrase where the system has no place for it. */
export function KeyPlace({ id }: { readonly id?: string }): ReactNode {
  const { t } = useTranslation('window');
  const keyStore = useMirror('shell')?.keyStore;
  const passphrase = useMirror('lockedKeys')?.status;
  const isOffered = keyStore !== 'available' && keyStore !== 'unknown' && passphrase !== 'open';
  return (
    <>
      <p id={id} className="small dim">
        {t(`servers.${whereKept(keyStore, passphrase)}`)}
      </p>
      {keyStore === 'locked' && <UnlockKeyStore />}
      {isOffered && <Passphrase />}
    </>
  );
}
