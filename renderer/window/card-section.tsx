import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorLine } from '../../contract/doctor.ts';
import { useClient } from '../app/backend.ts';

/** Looks for a graphics card when the settings open; nothing is started by that. */
export function CardSection(): ReactNode {
  const client = useClient();
  const [line, setLine] = useState<DoctorLine | null>(null);
  useEffect(() => {
    void client.request('doctor.graphicsCard', {}).then((answer) => setLine(answer.ok ? answer.value : null));
  }, [client]);
  const openModels = () => void client.request('window.open', { page: 'models', conversationId: null });
  return <CardNote line={line} onOpenModels={openModels} />;
}

interface CardNoteProps {
  readonly line: DoctorLine | null;
  readonly onOpenModels: () => void;
}

/** Says that a card was found and what makes use of it; nothing where there is none or that is not known. */
export function CardNote({ line, onOpenModels }: CardNoteProps): ReactNode {
  const { t } = useTranslation(['window', 'doctor']);
  if (line?.status !== 'warning') return null;
  return (
    <section className="setting setting-alone" aria-label={t('settings.card.name')}>
      <div className="setting-words">
        <b>{t('settings.card.name')}</b>
        <p className="small dim">{t(`doctor:${line.check}.${line.status}`, line.values)}</p>
      </div>
      <button type="button" className="button" onClick={onOpenModels}>
        {t('settings.card.open')}
      </button>
    </section>
  );
}
