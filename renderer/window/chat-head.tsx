import { ChevronLeft, Ellipsis, Pin } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import type { Route } from '../sending/use-route.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, type MenuItem, type MenuPlace, placeAt } from './menu.tsx';
import { ModelPill } from './model-menu.tsx';
import { PlaceChip } from './place-chip.tsx';
import { RenameField } from './rename-field.tsx';

export interface ChatHeadProps {
  readonly conversation: ConversationView;
  readonly isPinned: boolean;
  readonly isRenaming: boolean;
  readonly menu: readonly MenuItem[];
  readonly onRename: (on: boolean) => void;
  readonly onPin: () => void;
  /** In a narrow window: to the list. */
  readonly onBack: () => void;
  /** Where the next question would go; null where the chosen model decides. */
  readonly next: Route | null;
}

/** The name of the chat, where it runs and what answers, and what can be done with it. */
export function ChatHead(props: ChatHeadProps): ReactNode {
  const { conversation, isPinned, isRenaming, menu, onRename, onPin, onBack } = props;
  const { t } = useTranslation('window');
  const { id, title } = conversation;
  return (
    <header className="chat-head">
      <IconButton name={t('chats.back')} icon={ChevronLeft} className="back" onPress={onBack} />
      {id !== null && isRenaming ? (
        <RenameField id={id} title={title} className="field chat-name" onDone={() => onRename(false)} />
      ) : (
        <h1
          className="chat-name"
          lang={glyphLanguageOf(title)}
          title={showHiddenInLine(title)}
          onDoubleClick={() => onRename(true)}
        >
          {id === null ? t('chats.new') : showHiddenInLine(title)}
        </h1>
      )}
      <PlaceChip conversation={conversation} next={props.next} />
      <ModelPill />
      {id !== null && <HeadButtons isPinned={isPinned} menu={menu} onPin={onPin} />}
    </header>
  );
}

function HeadButtons({ isPinned, menu, onPin }: Pick<ChatHeadProps, 'isPinned' | 'menu' | 'onPin'>): ReactNode {
  const { t } = useTranslation('window');
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const pinName = t(isPinned ? 'chats.unpin' : 'chats.pin');
  return (
    <>
      <button
        type="button"
        className="icon-button head-pin"
        aria-label={pinName}
        aria-pressed={isPinned}
        title={pinName}
        onClick={onPin}
      >
        <Pin size={16} strokeWidth={1.6} fill={isPinned ? 'currentColor' : 'none'} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('chats.more')}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        title={t('chats.more')}
        onClick={(event) => setPlace(placeAt(event.currentTarget))}
      >
        <Ellipsis size={16} strokeWidth={1.6} aria-hidden />
      </button>
      {place !== null && <Menu label={t('chats.more')} place={place} items={menu} onClose={() => setPlace(null)} />}
    </>
  );
}
