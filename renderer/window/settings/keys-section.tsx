import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../../app/backend.ts';
import { Key } from '../../ui/key.tsx';
import { KeysDialog } from '../keys-dialog.tsx';

/** Where all keys of the window are told. */
export function KeysSection(): ReactNode {
  const { t } = useTranslation('window');
  const platform = useMirror('shell')?.platform ?? 'linux';
  const [open, setOpen] = useState(false);
  return (
    <section className="settings-group" aria-label={t('settings.keys.name')}>
      <div className="setting-box">
        <div className="setting">
          <div className="setting-words">
            <b>{t('settings.keys.name')}</b>
            <p className="small dim">{t('settings.keys.about')}</p>
          </div>
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {t('settings.keys.show')} <Key keys="F1" platform={platform} />
          </button>
        </div>
      </div>
      {open && <KeysDialog onClose={() => setOpen(false)} />}
    </section>
  );
}
