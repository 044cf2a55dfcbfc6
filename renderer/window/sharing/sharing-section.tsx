import { X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptAtom, ToldAtom } from '../../../contract/sharing.ts';
import { nameOf, saySeal } from '../../../locales/say-atom.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient, useMirror } from '../../app/backend.ts';
import { useToast } from '../toast.tsx';
import { ExportAtomDialog } from './export-atom-dialog.tsx';
import { ProofView, ProveButton } from './proof-view.tsx';
import { useAtomWords } from './use-atom-words.ts';
import { useProving } from './use-proving.ts';

/** The person's own actions and those that they were given: to give away, to try, to take away. */
export function SharingSection(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const { all, again } = useKept();
  const [exported, setExported] = useState<ToldAtom | null>(null);
  const own = all.filter(({ builtIn }) => !builtIn);
  return (
    <section className="settings-group" aria-label={t('settings.sharing.name')}>
      <h2>{t('settings.sharing.name')}</h2>
      <ul className="setting-box">
        <li className="setting">
          <div className="setting-words">
            <span>{t('settings.sharing.import')}</span>
            <p className="small dim">{t('settings.sharing.about')}</p>
          </div>
          <button type="button" className="button" onClick={() => void client.request('atom.pickFiles', {})}>
            {t('settings.sharing.choose')}
          </button>
        </li>
        {own.map((kept) => (
          <KeptRow key={kept.atom.id} kept={kept} onExport={() => setExported(kept.atom)} onProved={again} />
        ))}
      </ul>
      {exported !== null && <ExportAtomDialog atom={exported} onClose={() => setExported(null)} />}
    </section>
  );
}

interface KeptRowProps {
  readonly kept: KeptAtom;
  readonly onExport: () => void;
  readonly onProved: () => void;
}

function KeptRow({ kept, onExport, onProved }: KeptRowProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const { atom, seal, proofs, examples } = kept;
  const name = nameOf(words, atom);
  const proves = useProving({ atomId: atom.id, reviewId: null }, onProved);
  return (
    <li className="setting kept-atom">
      <div className="setting-words">
        <span dir="auto">{name}</span>
        <p className="small dim">{saySeal(words, seal, 'own')}</p>
        {proofs.map((proof) => (
          <ProofView key={proof.model?.id ?? ''} proof={proof} />
        ))}
      </div>
      {examples > 0 && <ProveButton proves={proves} label={t('settings.sharing.tryOf', { action: name })} />}
      <button
        type="button"
        className="button"
        aria-label={t('settings.sharing.exportOf', { action: name })}
        onClick={onExport}
      >
        {t('settings.sharing.export')}
      </button>
      <RemoveAtom id={atom.id} name={name} />
    </li>
  );
}

/** Its file stays among the removed ones, so nothing is asked. */
function RemoveAtom({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const sayError = useSayError();
  const label = t('settings.sharing.removeOf', { action: name });
  const remove = async () => {
    const answer = await client.request('sharing.remove', { atomId: id });
    if (!answer.ok) toast({ text: sayError(answer.error), ms: 8000 });
    else toast({ text: t('settings.sharing.removed', { action: name, file: answer.value.file }), ms: 8000 });
  };
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => void remove()}>
      <X size={16} strokeWidth={1.6} aria-hidden />
    </button>
  );
}

/** Every action with what is known of it, read anew when the files change. */
function useKept(): { readonly all: readonly KeptAtom[]; readonly again: () => void } {
  const client = useClient();
  const state = useMirror('atoms');
  const [all, setAll] = useState<readonly KeptAtom[]>([]);
  const again = useCallback(() => {
    void client.request('sharing.list', {}).then((answer) => {
      if (answer.ok) setAll(answer.value);
    });
  }, [client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time the list of actions is another
  useEffect(again, [again, state]);
  return { all, again };
}
