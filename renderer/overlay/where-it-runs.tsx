import { ArrowDownToLine, Cloud, Lock, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRow } from '../../contract/model.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useMirror } from '../app/backend.ts';
import { isThisMachine } from '../app/this-machine.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import { useArrival } from './arrival.tsx';
import { type Where, whereOf } from './where.ts';

interface WhereProps {
  readonly conversation: ConversationView;
  readonly models: readonly ModelRow[];
}

/** Where the text on the screen is, or will go: told by a sign and by words, each only where it is true. */
export function WhereItRuns({ conversation, models }: WhereProps): ReactNode {
  const { t } = useTranslation(['overlay', 'common']);
  const arrival = useArrival();
  const isLocked = useMirror('settings')?.offline === true;
  const where = whereOf(conversation, models);
  if (arrival !== null && where.say === 'none')
    return (
      <span className="where numbers">
        <ArrowDownToLine className="where-icon" size={14} strokeWidth={1.6} aria-hidden />
        <span className="where-name">{t('where.arrives', { ...arrival })}</span>
      </span>
    );
  if (where.say === 'none') return <span className="where">{t('where.none')}</span>;
  if ('host' in where) return <Elsewhere where={where} />;
  const said = where.say === 'stayed' ? t('where.stayed') : t('where.device', { ns: 'common' });
  return (
    <span className="where">
      {isLocked ? (
        <Lock className="where-icon" size={14} strokeWidth={1.6} aria-hidden />
      ) : (
        <span className="dot" aria-hidden />
      )}
      <span className="where-name">{isLocked && where.say === 'device' ? t('where.locked') : said}</span>
    </span>
  );
}

function Elsewhere({ where }: { readonly where: Extract<Where, { readonly host: string }> }): ReactNode {
  const { t } = useTranslation('overlay');
  const here = isThisMachine(where.host);
  const Icon = here ? Server : Cloud;
  const said = here ? t(`where.${where.say}Here`) : t(`where.${where.say}`, { host: showHiddenInLine(where.host) });
  return (
    <span className="where">
      <Icon className="where-icon" size={14} strokeWidth={1.6} aria-hidden />
      <span className="where-name">{said}</span>
    </span>
  );
}
