import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GroupedChats, groupChats, sayTimes } from './chat-groups.ts';
import { ChatItem, type ItemActs } from './chat-item.tsx';
import type { Chats } from './use-chats.ts';
import type { ChosenChats } from './use-chosen-chats.ts';

export interface ChatListProps {
  readonly chats: Chats;
  /** The chat that is open. */
  readonly at: string | null;
  /** The chat whose name is being changed in the list. */
  readonly renaming: string | null;
  readonly chosen: ChosenChats;
  readonly order: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onRename: (id: string | null) => void;
  readonly onDelete: (id: string) => void;
  readonly onMenu: (id: string, event: MouseEvent) => void;
}

/** All chats, as far as they were scrolled to: the next page is read before its end is seen. */
export function ChatList(props: ChatListProps): ReactNode {
  const { chats, at, order, renaming, chosen } = props;
  const { list } = chats;
  const { t, i18n } = useTranslation('window');
  const end = useEnd(chats.more, order.length);
  const [focused, setFocused] = useState<string | null>(null);
  const now = useMinute();
  const times = useMemo(() => sayTimes(i18n.language), [i18n.language]);
  // One stop for the whole list: the chat that had the keyboard last, else the open one, else the first.
  const stop = [focused, at, order[0]].find((id) => id != null && order.includes(id));
  const groups = useMemo(() => (list.by === 'time' ? groupChats(list.rows, now, times) : []), [list, now, times]);
  const acts = useActs(props, setFocused);
  const item = (id: string) => ({
    id,
    isOpen: id === at,
    isStop: id === stop,
    isRenaming: id === renaming,
    isChosen: chosen.ids.size > 0 ? chosen.ids.has(id) : null,
    now,
    times,
    acts,
  });
  const sayGroup = (group: GroupedChats['group']) =>
    group.kind === 'month' ? group.name : t(`chats.group.${group.kind}`);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of whichever chat has the keyboard
    <div onKeyDown={(event) => onListKey(event, props)}>
      {list.by === 'search' ? (
        <ul>
          {list.rows.map((hit) => (
            <ChatItem key={hit.conversationId} {...item(hit.conversationId)} row={null} hit={hit} />
          ))}
        </ul>
      ) : (
        groups.map(({ group, rows }) => (
          <section key={nameOf(group)} aria-label={sayGroup(group)}>
            <h2 className="day">{sayGroup(group)}</h2>
            <ul>
              {rows.map((row) => (
                <ChatItem key={row.id} {...item(row.id)} row={row} hit={null} />
              ))}
            </ul>
          </section>
        ))
      )}
      <div ref={end} aria-hidden="true" />
    </div>
  );
}

/** What the chats of the list do, by functions that stay the same whatever is drawn anew around them. */
function useActs(props: ChatListProps, focus: (id: string) => void): ItemActs {
  const latest = useRef(props);
  latest.current = props;
  return useMemo(
    () => ({
      click: (id, event) => {
        const { chosen, at, onOpen } = latest.current;
        if (event.ctrlKey || event.metaKey) return chosen.toggle(id);
        if (event.shiftKey) return chosen.extendTo(id, at);
        chosen.clear();
        onOpen(id);
      },
      menu: (id, event) => latest.current.onMenu(id, event),
      focus,
      renamed: () => latest.current.onRename(null),
    }),
    [focus],
  );
}

function nameOf(group: GroupedChats['group']): string {
  return group.kind === 'month' ? group.name : group.kind;
}

/** What is shown of a time changes with the day, and with the minute for nobody. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function useEnd(more: () => void, count: number) {
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an end that stays in sight is looked at after each page
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && more(), {
      rootMargin: '600px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [more, count]);
  return end;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Arrows go from chat to chat, with Shift they choose; Home and End go to the first and the last that was read. */
function onListKey(event: KeyboardEvent<HTMLElement>, props: ChatListProps): void {
  const { chosen, onRename, onDelete } = props;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.chat-item')];
  const from = buttons.indexOf(document.activeElement as HTMLElement);
  const id = buttons[from]?.dataset['chat'];
  if (id === undefined) return;
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === 'F2') onRename(id);
  else if (event.key === 'Delete') onDelete(id);
  else if (event.key === 'Escape' && chosen.ids.size > 0) chosen.clear();
  else if (event.key.toLowerCase() === 'a' && isCommand) chosen.all();
  else if (event.key === ' ' && isCommand) chosen.toggle(id);
  else if (isCommand || !moveFocus(event, buttons, from, chosen)) return;
  event.preventDefault();
  event.stopPropagation();
}

function moveFocus(
  { key, shiftKey }: KeyboardEvent,
  buttons: readonly HTMLElement[],
  from: number,
  chosen: ChosenChats,
): boolean {
  const step = steps[key] ?? 0;
  const to = key === 'Home' ? 0 : key === 'End' ? buttons.length - 1 : from + step;
  if (to === from) return false;
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, to))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  const [here, there] = [buttons[from]?.dataset['chat'], next?.dataset['chat']];
  if (shiftKey && here !== undefined && there !== undefined) chosen.extendTo(there, here);
  else if (chosen.ids.size > 0) chosen.clear();
  return true;
}
