import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../contract/conversation.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import type { ChatItem, Chats } from './use-chats.ts';

export interface ChatListProps {
  readonly chats: Chats;
  /** The chat that is open. */
  readonly at: string | null;
  readonly onOpen: (id: string) => void;
}

/** All chats, as far as they were scrolled to: the next page is read before its end is seen. */
export function ChatList({ chats, at, onOpen }: ChatListProps): ReactNode {
  const { t } = useTranslation('window');
  const end = useRef<HTMLLIElement>(null);
  const { items, more } = chats;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an end that stays in sight is looked at after each page
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && more(), {
      rootMargin: '600px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [more, items.length]);
  return (
    <ul onKeyDown={moveFocus}>
      {items.map((item) => {
        const id = idOf(item);
        const hint = 'snippet' in item ? <Snippet hit={item} /> : t('chats.questions', { count: item.questions });
        return <Item key={id} title={item.title} hint={hint} at={id === at} onOpen={() => onOpen(id)} />;
      })}
      <li ref={end} aria-hidden="true" />
    </ul>
  );
}

function idOf(item: ChatItem): string {
  return 'snippet' in item ? item.conversationId : item.id;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Arrows go from chat to chat; Home and End to the first and the last that was read. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const from = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const step = steps[event.key];
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : from + (step ?? 0);
  if (from < 0 || to === from) return;
  event.preventDefault();
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, to))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

interface ItemProps {
  readonly title: string;
  readonly hint: ReactNode;
  readonly at: boolean;
  readonly onOpen: () => void;
}

function Item({ title, hint, at, onOpen }: ItemProps): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (at) button.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={at ? 'chat-item at' : 'chat-item'}
        aria-current={at ? 'true' : undefined}
        onClick={onOpen}
      >
        <span className="chat-title" lang={glyphLanguageOf(title)}>
          {showHiddenInLine(title)}
        </span>
        <span className="chat-hint">{hint}</span>
      </button>
    </li>
  );
}

function Snippet({ hit }: { readonly hit: SearchHit }): ReactNode {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of hit.ranges) {
    if (start < at) continue;
    pieces.push(
      showTurns(hit.snippet.slice(at, start)),
      <mark key={start}>{showTurns(hit.snippet.slice(start, end))}</mark>,
    );
    at = end;
  }
  pieces.push(showTurns(hit.snippet.slice(at)));
  return pieces;
}
