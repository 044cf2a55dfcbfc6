import { ArrowDownToLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRow } from '../../contract/model.ts';
import { useMirror } from '../app/backend.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import type { Route } from '../sending/use-route.ts';
import { useArrival } from './arrival.tsx';
import { whereOf } from './where.ts';
import { sayWhere, WhereSign } from './where-said.tsx';

interface WhereProps {
  readonly conversation: ConversationView;
  readonly models: readonly ModelRow[];
  /** Where the next question would go; null where the chosen model decides. */
  readonly next: Route | null;
}

/** Where the text on the screen is, or will go: told by a sign and by words, each only where it is true. */
export function WhereItRuns({ conversation, models, next }: WhereProps): ReactNode {
  const { t } = useTranslation(['overlay', 'common', 'sending']);
  const arrival = useArrival();
  const isLocked = useMirror('settings')?.offline === true;
  const where = whereOf(conversation, models, next);
  if (conversation.sheet?.look.status === 'leaves')
    return (
      <span className="where">
        <WhereSign sign="cloud" />
        <span className="where-name">{t('sending:notYet')}</span>
      </span>
    );
  if (arrival !== null && where.say === 'none')
    return (
      <span className="where numbers">
        <ArrowDownToLine className="where-icon" size={14} strokeWidth={1.6} aria-hidden />
        <span className="where-name">{t(arrival.isChecked ? 'where.checked' : 'where.arrives', { ...arrival })}</span>
      </span>
    );
  const said = sayWhere(where, isLocked);
  if (said === null) return <span className="where">{t('where.none')}</span>;
  return (
    <span className="where">
      <WhereSign sign={said.sign} />
      <span className="where-name">{t(said.key, { host: said.host })}</span>
    </span>
  );
}
