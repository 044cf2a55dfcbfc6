import { AppWindow, Clipboard, Cloud, FileText, MessageSquare, Pin, TextSelect } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow, SearchHit } from '../../contract/conversation.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import type { SaidTimes } from './chat-groups.ts';
import { RenameField } from './rename-field.tsx';
import type { ChosenChats } from './use-chosen-chats.ts';

export interface ChatItemProps {
  readonly id: string;
  /** By time, or where words were found; one of the two is there. */
  readonly row: ConversationRow | null;
  readonly hit: SearchHit | null;
  readonly at: string | null;
  readonly renaming: string | null;
  readonly chosen: ChosenChats;
  /** Tab goes to it, and to no other of the list. */
  readonly isStop: boolean;
  readonly now: number;
  readonly times: SaidTimes;
  readonly onFocus: () => void;
  readonly onOpen: (id: string) => void;
  readonly onRename: (id: string | null) => void;
  readonly onMenu: (id: string, event: MouseEvent) => void;
}

/** A chat in two lines: its name and when, then where it came from or what was found. */
export function ChatItem(props: ChatItemProps): ReactNode {
  const { id, row, hit, at, renaming, chosen, isStop, now, times, onFocus, onOpen, onRename, onMenu } = props;
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = id === at;
  useEffect(() => {
    if (isOpen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const title = row?.title ?? hit?.title ?? '';
  const time = row?.updatedAt ?? hit?.createdAt ?? 0;
  if (renaming === id)
    return (
      <li>
        <RenameField id={id} title={title} className="field chat-rename" onDone={() => onRename(null)} />
      </li>
    );
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) chosen.toggle(id);
    else if (event.shiftKey) chosen.extendTo(id, at);
    else {
      chosen.clear();
      onOpen(id);
    }
  };
  const isChosen = chosen.ids.has(id);
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={`chat-item${isOpen ? ' at' : ''}${isChosen ? ' chosen' : ''}`}
        data-chat={id}
        tabIndex={isStop ? 0 : -1}
        aria-current={isOpen ? 'true' : undefined}
        aria-pressed={chosen.ids.size > 0 ? isChosen : undefined}
        onFocus={onFocus}
        onClick={onClick}
        onContextMenu={(event) => onMenu(id, event)}
      >
        <FirstLine title={title} isPinned={row?.pinnedAt != null} time={time} now={now} times={times} />
        <span className="chat-hint">{hit === null ? row !== null && <Source row={row} /> : <Snippet hit={hit} />}</span>
      </button>
    </li>
  );
}

interface FirstLineProps extends Pick<ChatItemProps, 'now' | 'times'> {
  readonly title: string;
  readonly isPinned: boolean;
  readonly time: number;
}

function FirstLine({ title, isPinned, time, now, times }: FirstLineProps): ReactNode {
  return (
    <span className="chat-line">
      <span className="chat-title" lang={glyphLanguageOf(title)}>
        {showHiddenInLine(title)}
      </span>
      {isPinned && <Pin className="chat-pin" size={11} strokeWidth={1.8} aria-hidden />}
      <time className="chat-time" title={times.full(time)}>
        {times.short(time, now)}
      </time>
    </span>
  );
}

const icons = { selection: TextSelect, clipboard: Clipboard, window: AppWindow, file: FileText } as const;

/** Where a chat came from: a file or an application, else the server that was asked, and how much. */
function Source({ row: { source, host, questions } }: { readonly row: ConversationRow }): ReactNode {
  const { t } = useTranslation('window');
  const Icon = source === null ? (host === null ? MessageSquare : Cloud) : icons[source.kind];
  const asked = t('chats.questions', { count: questions });
  const words = source === null || source.words === null ? asked : t('chats.words', { count: source.words });
  const name = source === null ? host : source.kind === 'file' ? source.title : source.application;
  const from = name ?? (source === null ? null : t(`chats.source.${source.kind}`));
  const parts = [...(from === null ? [] : [showHiddenInLine(from)]), source?.kind === 'file' ? asked : words];
  return (
    <>
      <Icon size={12} strokeWidth={1.6} aria-hidden />
      <span className="chat-from" lang={glyphLanguageOf(from ?? '')}>
        {parts.join(' · ')}
      </span>
    </>
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
  return <span className="chat-snippet">{pieces}</span>;
}
