import { Check, Copy, Image, Pencil, RotateCcw } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract/conversation.ts';
import { useCopied } from '../answer/use-copied.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { useCards } from './cards/use-cards.tsx';
import { sayTimes } from './chat-groups.ts';

export interface AnswerToolsProps {
  readonly message: Message;
  readonly isLast: boolean;
  readonly onAgain: () => void;
  readonly onEdit: () => void;
}

/** Under every answer: copy it, make it again, and when it was made. */
export function AnswerTools({ message, isLast, onAgain, onEdit }: AnswerToolsProps): ReactNode {
  const { t, i18n } = useTranslation('window');
  const { isCopied, copyAnswer } = useCopied();
  const times = useMemo(() => sayTimes(i18n.language), [i18n.language]);
  const { id, text, createdAt } = message;
  return (
    <div className="tools">
      {text !== '' && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('chats.copy')}
          title={t('chats.copy')}
          onClick={() => void copyAnswer(message)}
        >
          {isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        </button>
      )}
      {text !== '' && <CardButton answerId={id} />}
      <IconButton name={t('chats.again')} icon={RotateCcw} size={15} strokeWidth={2} onPress={onAgain} />
      {isLast && <IconButton name={t('chats.edit')} icon={Pencil} size={15} strokeWidth={2} onPress={onEdit} />}
      {createdAt > 0 && (
        <time className="tools-time numbers" title={times.full(createdAt)}>
          {times.hour(createdAt)}
        </time>
      )}
      <span className="dim small" role="status">
        {isCopied ? t('chats.copied') : ''}
      </span>
    </div>
  );
}

function CardButton({ answerId }: { readonly answerId: string }): ReactNode {
  const { t } = useTranslation('window');
  const cards = useCards();
  return (
    <IconButton name={t('card.make')} icon={Image} size={15} strokeWidth={2} onPress={() => cards.save(answerId)} />
  );
}
