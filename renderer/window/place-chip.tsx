import { Cloud, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';
import { whereOf } from '../overlay/where.ts';
import type { ConversationView } from '../run/use-conversation.ts';

/** Where the words of a chat go, or went. */
export function PlaceChip({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  const { t } = useTranslation(['overlay', 'common', 'window']);
  const models = useModels();
  const isLocked = useMirror('settings')?.offline === true;
  const where = whereOf(conversation, models);
  if (where.say === 'none') return null;
  if (where.say === 'goes' || where.say === 'sent') {
    const { host } = where;
    const said = where.say === 'goes' ? t('where.goes', { host }) : t('where.server', { ns: 'common', host });
    return (
      <span className="pill place" title={said}>
        <Cloud size={13} strokeWidth={1.6} aria-hidden />
        <span className="pill-name">{said}</span>
      </span>
    );
  }
  const said = where.say === 'stayed' ? t('where.stayed') : t('where.device', { ns: 'common' });
  return (
    <span className="pill place" title={isLocked ? t('settings.offline.name', { ns: 'window' }) : said}>
      {isLocked ? <Lock size={12} strokeWidth={1.8} aria-hidden /> : <span className="dot" />}
      <span className="pill-name">{said}</span>
    </span>
  );
}
