import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AtomVersion } from '../../../contract/atom-edit.ts';
import { useClient } from '../../app/backend.ts';
import { useToast } from '../toast.tsx';
import { LineChanges } from './line-changes.tsx';
import type { Editor } from './use-editor.ts';

/** The number of versions that are kept. */
const kept = 20;

/** What the file said before each save, what has changed since, and the way back. */
export function VersionsTab({ editor }: { readonly editor: Editor }): ReactNode {
  const { t } = useTranslation('editor');
  const { draft } = editor;
  const versions = useVersions(draft.file, draft.saved?.hash ?? null);
  const [chosen, setChosen] = useState<string | null>(null);
  const at = versions.find(({ id }) => id === chosen) ?? versions[0];
  if (draft.file === null) return <p className="dim tab-empty">{t('versions.notSaved')}</p>;
  if (at === undefined) return <p className="dim tab-empty">{t('versions.none', { count: kept })}</p>;
  return (
    <div className="versions-tab">
      <ul className="version-list" aria-label={t('versions.of')}>
        {versions.map((version) => (
          <li key={version.id}>
            <button
              type="button"
              className={version === at ? 'section-button at' : 'section-button'}
              aria-current={version === at || undefined}
              onClick={() => setChosen(version.id)}
            >
              <When at={version.at} />
            </button>
          </li>
        ))}
      </ul>
      <Version key={at.id} file={draft.file} version={at} editor={editor} />
    </div>
  );
}

interface VersionProps {
  readonly file: string;
  readonly version: AtomVersion;
  readonly editor: Editor;
}

function Version({ file, version, editor }: VersionProps): ReactNode {
  const { t } = useTranslation('editor');
  const client = useClient();
  const toast = useToast();
  const sayWhen = useSayWhen();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void client.request('atom.version', { file, version: version.id }).then((answer) => {
      if (!gone && answer.ok) setText(answer.value.text);
    });
    return () => {
      gone = true;
    };
  }, [client, file, version.id]);
  const now = editor.draft.history.now;
  if (text === null) return null;
  const restore = () => {
    editor.restore(text);
    toast({ text: t('versions.restored', { when: sayWhen(version.at) }) });
  };
  return (
    <div className="version">
      {text === now ? (
        <p className="dim">{t('versions.same')}</p>
      ) : (
        <>
          <div className="version-head">
            <h2>{t('versions.compare')}</h2>
            <button type="button" className="button" onClick={restore}>
              {t('versions.restore')}
            </button>
          </div>
          <LineChanges before={text} after={now} label={t('versions.compare')} />
        </>
      )}
    </div>
  );
}

function When({ at }: { readonly at: number }): ReactNode {
  return useSayWhen()(at);
}

function useSayWhen(): (at: number) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en-GB' : i18n.language;
  return (at) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** Asked for again after each save. */
function useVersions(file: string | null, hash: string | null): readonly AtomVersion[] {
  const client = useClient();
  const [versions, setVersions] = useState<readonly AtomVersion[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is saved anew has one version more
  useEffect(() => {
    let gone = false;
    setVersions([]);
    if (file === null) return;
    void client.request('atom.versions', { file }).then((answer) => {
      if (!gone && answer.ok) setVersions(answer.value);
    });
    return () => {
      gone = true;
    };
  }, [client, file, hash]);
  return versions;
}
