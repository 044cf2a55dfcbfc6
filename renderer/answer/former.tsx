import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract/conversation.ts';
import { Key } from '../ui/key.tsx';
import { Answer } from './turn.tsx';
import type { LookedUp } from './use-looked-up.ts';

export interface FormerProps {
  readonly former: Message;
  /** The other answer has ended, so that they can change places. */
  readonly canSwap: boolean;
  readonly platform: string;
  readonly onSwap: () => void;
}

const notLookedUp: LookedUp = {
  messageId: null,
  grounding: { status: 'nothing' },
  ...{ marks: [], chosen: null, choose: () => {}, next: () => {} },
};

/** The answer that another model's stands in the place of, under it: with who wrote it, how fast, and at what price. */
export function Former({ former, canSwap, platform, onSwap }: FormerProps): ReactNode {
  const { t } = useTranslation('sending');
  return (
    <section className="former" aria-label={t('former.name')}>
      <div className="former-head">
        <span className="small dim">{t('former.name')}</span>
        {canSwap && (
          <button type="button" className="sending-raw" onClick={onSwap}>
            {t('former.swap')} <Key keys="Ctrl+Shift+S" platform={platform} />
          </button>
        )}
      </div>
      <Answer
        form={null}
        message={former}
        isLast={false}
        phase={null}
        progress={null}
        onAction={() => {}}
        showsChanges={false}
        lookedUp={notLookedUp}
      />
    </section>
  );
}
