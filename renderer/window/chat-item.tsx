import { AppWindow, Clipboard, Cloud, FileText, MessageSquare, Pin, Server, TextSelect } from 'lucide-react';
import { type MouseEvent, memo, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow, SearchHit } from '../../contract/conversation.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { isThisMachine } from '../app/this-machine.ts';
import type { SaidTimes } from './chat-groups.ts';
import { RenameField } from './rename-field.tsx';

/** What a chat of the list does; the same functions for as long as the list is there. */
export interface ItemActs {
  readonly click: (id: string, event: MouseEvent) => void;
  readonly menu: (id: string, event: MouseEvent) => void;
  readonly focus: (id: string) => void;
  readonly renamed: () => void;
}

export interface ChatItemProps {
  readonly id: string;
  /** By time, or where words were found; one of the two is there. */
  readonly row: ConversationRow | null;
  readonly hit: SearchHit | null;
  readonly isOpen: boolean;
  readonly isRenaming: boolean;
  /** Null while none of the list is chosen. */
  readonly isChosen: boolean | null;
  /** Tab goes to it, and to no other of the list. */
  readonly isStop: boolean;
  readonly now: number;
  readonly times: SaidTimes;
  readonly acts: ItemActs;
}

/**
 * A chat in two lines: its name and when, then where it came from or what was found. There are hundreds of them beside a field
 * that is typed in: each is drawn anew only when something of it is another.
 */
export const ChatItem = memo(function ChatItem(props: ChatItemProps): ReactNode {
  const { id, row, hit, isOpen, isRenaming, isChosen, isStop, now, times, acts } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const title = row?.title ?? hit?.title ?? '';
  const time = row?.updatedAt ?? hit?.createdAt ?? 0;
  if (isRenaming)
    return (
      <li>
        <RenameField id={id} title={title} className="field chat-rename" onDone={acts.renamed} />
      </li>
    );
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={`chat-item${isOpen ? ' at' : ''}${isChosen ? ' chosen' : ''}`}
        data-chat={id}
        tabIndex={isStop ? 0 : -1}
        aria-current={isOpen ? 'true' : undefined}
        aria-pressed={isChosen ?? undefined}
        onFocus={() => acts.focus(id)}
        onClick={(event) => acts.click(id, event)}
        onContextMenu={(event) => acts.menu(id, event)}
      >
        <FirstLine title={title} isPinned={row?.pinnedAt != null} time={time} now={now} times={times} />
        <span className="chat-hint">{hit === null ? row !== null && <Source row={row} /> : <Snippet hit={hit} />}</span>
      </button>
    </li>
  );
});

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
  const isHere = host !== null && isThisMachine(host);
  const asker = host === null ? MessageSquare : isHere ? Server : Cloud;
  const Icon = source === null ? asker : icons[source.kind];
  const asked = t('chats.questions', { count: questions });
  const words = source === null || source.words === null ? asked : t('chats.words', { count: source.words });
  const server = isHere ? t('chats.hereServer') : host;
  const name = source === null ? server : source.kind === 'file' ? source.title : source.application;
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
