import { Check } from 'lucide-react';
import type { PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRow } from '../../contract/model.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useClient } from '../app/backend.ts';
import { useRoute } from '../sending/use-route.ts';
import { Key } from '../ui/key.tsx';
import { ArrivalLine } from './arrival.tsx';
import type { BoxParts } from './box-parts.ts';
import { type Hint, type HintInput, hintsFor } from './hints.ts';
import { WhereItRuns } from './where-it-runs.tsx';

export interface FooterProps extends Pick<HintInput, 'row' | 'context' | 'focused'> {
  readonly parts: BoxParts;
  readonly models: readonly ModelRow[];
  readonly platform: string;
}

/** Where it runs, and the keys that work right now. */
export function Footer({ parts, models, platform, ...now }: FooterProps): ReactNode {
  const { t } = useTranslation('overlay');
  const drag = useDrag();
  const { box, conversation, copied, putBack, chipIds } = parts;
  const actionId = now.row?.kind === 'action' ? now.row.actionId : null;
  const next = useRoute({ conversationId: conversation.id, text: box.text, actionId, chipIds });
  const hints = hintsFor({ ...now, view: box.view, editing: box.editing !== null });
  const application = putBack.application === null ? t('document') : showHiddenInLine(putBack.application);
  const one = ({ keys, name, main, says }: Hint) => (
    <span key={name} className={main ? 'hint main' : 'hint'}>
      {keys !== null && <Key keys={keys} platform={platform} />}
      <span className="hint-name">{says ?? t(name, { application })}</span>
    </span>
  );
  return (
    <div className="foot" {...drag}>
      <ArrivalLine />
      <span className="hidden-live" role="status">
        {copied.isCopied ? t('hint.copied') : ''}
      </span>
      {copied.isCopied ? <CopiedMark /> : <WhereItRuns {...{ conversation, models, next }} />}
      <span className="hints">{hints.filter((hint) => !isMore(hint)).map(one)}</span>
      {hints.filter(isMore).map(one)}
    </div>
  );
}

/** The way to all the keys that have no room. */
const isMore = ({ name }: Hint) => name === 'hint.more';

/** The footer is where the box is taken hold of; main remembers where it was put. */
function useDrag() {
  const client = useClient();
  return {
    onPointerDown: ({ currentTarget, pointerId, button }: PointerEvent) => {
      if (button === 0) currentTarget.setPointerCapture(pointerId);
    },
    onPointerMove: ({ currentTarget, pointerId, movementX, movementY }: PointerEvent) => {
      if (!currentTarget.hasPointerCapture(pointerId) || (movementX === 0 && movementY === 0)) return;
      void client.request('overlay.moveBy', { x: Math.round(movementX), y: Math.round(movementY) });
    },
  };
}

function CopiedMark(): ReactNode {
  const { t } = useTranslation('overlay');
  return (
    <span className="where done">
      <Check size={14} strokeWidth={1.8} aria-hidden />
      <span className="where-name">{t('hint.copied')}</span>
    </span>
  );
}
