import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';
import { whereOf } from '../overlay/where.ts';
import { sayWhere, WhereSign } from '../overlay/where-said.tsx';
import type { ConversationView } from '../run/use-conversation.ts';
import type { Route } from '../sending/use-route.ts';

interface PlaceChipProps {
  readonly conversation: ConversationView;
  /** Where the next question would go; null where the chosen model decides. */
  readonly next: Route | null;
}

/** Where the words of a chat go, or went. */
export function PlaceChip({ conversation, next }: PlaceChipProps): ReactNode {
  const { t } = useTranslation(['overlay', 'common']);
  const models = useModels();
  const isLocked = useMirror('settings')?.offline === true;
  const where = sayWhere(whereOf(conversation, models, next), isLocked);
  if (where === null) return null;
  const said = t(where.key, { host: where.host });
  return (
    <span className="pill place" title={said}>
      <WhereSign sign={where.sign} />
      <span className="pill-name">{said}</span>
    </span>
  );
}
