import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMirror } from '../../app/backend.ts';
import { Mark } from '../mark.tsx';

const folders = ['profile', 'logs', 'models', 'atoms'] as const;

/** Which Beckon this is, by which licence, and where it keeps things. */
export function AboutSection(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const runtime = useMirror('shell')?.runtime;
  const about = useAbout();
  return (
    <section aria-label={t('settings.about.name')}>
      <div className="about-head">
        <Mark size={56} />
        <h2>{t('settings.about.title')}</h2>
        <p className="dim small">{t('settings.about.version', { version: about?.version ?? '…' })}</p>
      </div>
      <h2>{t('settings.about.folders')}</h2>
      <div className="setting-box">
        {folders.map((folder) => (
          <div key={folder} className="setting">
            <div className="setting-words">
              <b>{t(`settings.about.folder.${folder}`)}</b>
              {about !== null && <p className="small dim path">{about.paths[folder]}</p>}
            </div>
            <button
              type="button"
              className="button"
              aria-label={t('settings.about.open', { folder: t(`settings.about.folder.${folder}`) })}
              onClick={() => void client.request('folder.show', { folder })}
            >
              {t('settings.about.openButton')}
            </button>
          </div>
        ))}
      </div>
      {runtime !== undefined && (
        <p className="small dim versions">
          {t('settings.versions', { electron: runtime.electron, chrome: runtime.chrome })}
        </p>
      )}
    </section>
  );
}

interface About {
  readonly version: string;
  readonly paths: Readonly<Record<(typeof folders)[number], string>>;
}

function useAbout(): About | null {
  const client = useClient();
  const core = useMirror('shell')?.core;
  const [about, setAbout] = useState<About | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when core came back
  useEffect(() => {
    const ask = async () => {
      const [info, kept] = await Promise.all([client.request('core.info', {}), client.request('core.folders', {})]);
      if (!info.ok || !kept.ok) return;
      const { profile, models } = kept.value;
      const paths = { profile, models, logs: `${profile}/logs`, atoms: `${profile}/atoms` };
      setAbout({ version: info.value.version, paths });
    };
    void ask();
  }, [client, core]);
  return about;
}
