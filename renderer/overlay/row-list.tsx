import {
  ArrowDownToLine,
  Check,
  ChevronRight,
  Cloud,
  CornerDownLeft,
  Cpu,
  type LucideIcon,
  MessageSquare,
  Server,
} from 'lucide-react';
import { Fragment, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isHere, type ModelRow } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { useMirror } from '../app/backend.ts';
import { isThisMachine } from '../app/this-machine.ts';
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
  useEffect(
    () => list.current?.querySelector(`#${rowElementId(chosen)}`)?.scrollIntoView({ block: 'nearest' }),
    [chosen],
  );
  return (
    <div className="rows" id={listId} role="listbox" tabIndex={0} aria-label={t('list')} ref={list}>
      {rows.map((row, index) => (
        <Fragment key={row.id}>
          <GroupHead row={row} before={rows[index - 1]} />
          {/* biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus, arrows move through the rows */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter is handled by the box */}
          <div
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
            <RowSide row={row} />
            {row.kind === 'command' && row.does.keys !== null ? (
              <Key keys={row.does.keys} platform={platform} />
            ) : (
              index < 9 && <kbd>{index + 1}</kbd>
            )}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

/** The name of a group of models, before its first row; what the rows say is enough for those who hear them. */
function GroupHead({ row, before }: { readonly row: Row; readonly before: Row | undefined }): ReactNode {
  const { t } = useTranslation('overlay');
  const isLocked = useMirror('settings')?.offline === true;
  if (row.kind !== 'model' || (before?.kind === 'model' && before.group === row.group)) return null;
  const closed = isLocked && row.group === 'cloud' ? ` · ${t('group.closed')}` : '';
  return (
    <div className="row-group" aria-hidden>
      {t(`group.${row.group}`)}
      {closed}
    </div>
  );
}

/** What stands at the end of a row. */
function RowSide({ row }: { readonly row: Row }): ReactNode {
  const { t } = useTranslation('overlay');
  if (row.kind === 'family') return <ChevronRight size={14} strokeWidth={1.6} aria-hidden />;
  if (row.kind === 'conversation' && row.when !== undefined) return <span className="row-side">{row.when}</span>;
  if (row.kind !== 'model' || !isHere(row.model) || row.model.measuredWordsPerSecond === null) return null;
  const speed = Math.round(row.model.measuredWordsPerSecond);
  return <span className="row-side">{t('row.speed', { speed })}</span>;
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
  const { t } = useTranslation('overlay');
  if (row.kind === 'ask') return <Named name={t('row.ask', { text: row.text })} lang={glyphLanguageOf(row.text)} />;
  if (row.kind === 'command') return <Named name={row.name} hint={row.hint ?? ''} />;
  if (row.kind === 'family')
    return <Named name={t(`row.${row.of}`)} hint={row.last === '' ? '' : t('row.last', { name: row.last })} />;
  if (row.kind === 'action') return <Named name={row.name} hint={row.hint} />;
  if (row.kind === 'conversation')
    return <Named name={showHiddenInLine(row.title)} hint={showTurns(row.hint)} lang={glyphLanguageOf(row.title)} />;
  return <ModelName model={row.model} />;
}

/** A model by its name, with where its server is, or what it would cost to get it. */
function ModelName({ model }: { readonly model: ModelRow }): ReactNode {
  const { t } = useTranslation('overlay');
  const servers = useMirror('settings')?.servers ?? [];
  const { name } = model;
  const parts: string[] = [];
  if (model.kind === 'server') {
    const label = servers.find(({ id }) => id === model.serverId)?.label ?? '';
    parts.push(
      showHiddenInLine(label),
      isThisMachine(model.host) ? t('row.thisMachine') : showHiddenInLine(model.host),
    );
  } else if (!model.installed) parts.push(t('row.getsIt'), model.bytes === null ? '' : formatBytes(model.bytes));
  return <Named name={name} hint={parts.filter((part) => part !== '').join(' · ')} />;
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
  const Icon = row.kind === 'ask' ? CornerDownLeft : row.kind === 'conversation' ? MessageSquare : iconOf(row);
  return <Icon size={16} strokeWidth={1.6} aria-hidden />;
}

function iconOf(row: Extract<Row, { kind: 'command' | 'model' }>): LucideIcon {
  if (row.kind === 'command') return row.does.icon;
  if (row.model.chosen) return Check;
  if (row.group !== 'device') return row.group === 'servers' ? Server : Cloud;
  return row.model.installed ? Cpu : ArrowDownToLine;
}
