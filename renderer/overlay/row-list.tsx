import { Box, ChevronRight, CornerDownLeft, MessageSquare } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../locales/format.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { Key } from '../ui/key.tsx';
import { ActionIcon } from './action-icon.tsx';
import type { Row } from './rows.ts';

export interface RowListProps {
  readonly rows: readonly Row[];
  readonly chosen: number;
  readonly platform: string;
  readonly onChoose: (row: Row) => void;
  readonly onHover: (index: number) => void;
}

export const listId = 'rows';

/** Id of the element of a row, for the input to name the chosen one. */
export function rowElementId(index: number): string {
  return `row-${index}`;
}

/** The list under the input: 40 px a row, eight rows at most, then it scrolls. */
export function RowList({ rows, chosen, platform, onChoose, onHover }: RowListProps): ReactNode {
  const { t } = useTranslation('overlay');
  const list = useRef<HTMLDivElement>(null);
  const hasMoved = useMovedMouse();
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' }), [chosen]);
  return (
    <div className="rows" id={listId} role="listbox" tabIndex={0} aria-label={t('list')} ref={list}>
      {rows.map((row, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus, arrows move through the rows
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter is handled by the box
        <div
          key={row.id}
          id={rowElementId(index)}
          role="option"
          aria-selected={index === chosen}
          className={index === chosen ? 'row at' : 'row'}
          onMouseMove={(event) => hasMoved(event) && index !== chosen && onHover(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(row)}
        >
          <RowIcon row={row} />
          <RowName row={row} />
          {row.kind === 'conversation' && row.when !== undefined && <span className="row-side">{row.when}</span>}
          {row.kind === 'family' && <ChevronRight size={14} strokeWidth={1.6} aria-hidden />}
          {row.kind === 'command' && row.does.keys !== null ? (
            <Key keys={row.does.keys} platform={platform} />
          ) : (
            index < 9 && <kbd>{index + 1}</kbd>
          )}
        </div>
      ))}
    </div>
  );
}

/** Rows that come up under a resting mouse get mouse events too: only a hand that moves it chooses. */
function useMovedMouse(): (event: MouseEvent) => boolean {
  const place = useRef<string | null>(null);
  return ({ screenX, screenY }) => {
    const now = `${screenX} ${screenY}`;
    const moved = place.current !== null && place.current !== now;
    place.current = now;
    return moved;
  };
}

function RowName({ row }: { readonly row: Row }): ReactNode {
  const { t } = useTranslation(['overlay', 'window']);
  if (row.kind === 'ask') return <Named name={t('row.ask', { text: row.text })} lang={glyphLanguageOf(row.text)} />;
  if (row.kind === 'command') return <Named name={row.name} hint={row.hint ?? ''} />;
  if (row.kind === 'family')
    return <Named name={t(`row.${row.of}`)} hint={row.last === '' ? '' : t('row.last', { name: row.last })} />;
  if (row.kind === 'action') return <Named name={row.name} hint={row.hint} />;
  if (row.kind === 'conversation')
    return <Named name={showHiddenInLine(row.title)} hint={showTurns(row.hint)} lang={glyphLanguageOf(row.title)} />;
  const { name, host, bytes, installed, chosen } = row.model;
  const hint = [
    host ?? (bytes === null ? '' : formatBytes(bytes)),
    chosen ? t('row.inUse') : installed ? '' : t('row.notHere'),
  ];
  return <Named name={name} hint={hint.filter((part) => part !== '').join(' · ')} />;
}

interface NamedProps {
  readonly name: string;
  readonly hint?: string;
  readonly lang?: string | undefined;
}

/** A long name makes room for its hint. */
function Named({ name, hint = '', lang }: NamedProps): ReactNode {
  return (
    <span className="row-name">
      <span className="row-title" lang={lang}>
        {name}
      </span>
      {hint !== '' && <span className="row-hint">{hint}</span>}
    </span>
  );
}

function RowIcon({ row }: { readonly row: Row }): ReactNode {
  if (row.kind === 'action' || row.kind === 'family') return <ActionIcon name={row.icon} />;
  const Icon =
    row.kind === 'ask'
      ? CornerDownLeft
      : row.kind === 'conversation'
        ? MessageSquare
        : row.kind === 'model'
          ? Box
          : row.does.icon;
  return <Icon size={16} strokeWidth={1.6} aria-hidden />;
}
