import {
  ArrowDownToLine,
  Check,
  ChevronRight,
  Cloud,
  CornerDownLeft,
  Cpu,
  Lock,
  type LucideIcon,
  MessageSquare,
  Server,
} from 'lucide-react';
import { Fragment, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelHere } from '../../contract/model.ts';
import { formatBytes } from '../../locales/format.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { useMirror } from '../app/backend.ts';
import { isHere } from '../app/model-kinds.ts';
import { goodFor, speedOf } from '../app/model-words.ts';
import { isThisMachine } from '../app/this-machine.ts';
import { useModels } from '../app/use-models.ts';
import { Key } from '../ui/key.tsx';
import { ActionIcon } from './action-icon.tsx';
import { ClipName, clipIcons } from './clip-name.tsx';
import type { CommandGroup } from './commands/groups.ts';
import type { ModelGroup } from './model-rows.ts';
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
            className={`row${index === chosen ? ' at' : ''}${row.kind === 'model' && row.isClosed ? ' closed' : ''}`}
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

/** The name of a group of rows, before its first one; what the rows say is enough for those who hear them. */
function GroupHead({ row, before }: { readonly row: Row; readonly before: Row | undefined }): ReactNode {
  const { t } = useTranslation('overlay');
  const isLocked = useMirror('settings')?.offline === true;
  const name = groupKey(row);
  if (name === null || (before !== undefined && groupKey(before) === name)) return null;
  const closed = isLocked && name === 'group.cloud' ? ` · ${t('group.closed')}` : '';
  return (
    <div className="row-group" aria-hidden>
      {t(name)}
      {closed}
    </div>
  );
}

/** Key of the name of the group that a row stands in; null for none. */
function groupKey(row: Row): `group.${ModelGroup}` | `keyGroup.${CommandGroup}` | null {
  if (row.kind === 'model') return `group.${row.group}`;
  return row.kind === 'command' && row.group !== undefined ? `keyGroup.${row.group}` : null;
}

/** What stands at the end of a row. */
function RowSide({ row }: { readonly row: Row }): ReactNode {
  if (row.kind === 'family') return <ChevronRight size={14} strokeWidth={1.6} aria-hidden />;
  if (row.kind === 'clip') return <span className="row-side">{row.when}</span>;
  if (row.kind === 'conversation' && row.when !== undefined) return <span className="row-side">{row.when}</span>;
  return row.kind === 'model' && isHere(row.model) ? <Speed model={row.model} /> : null;
}

/** How fast a model of this machine is here, or what one of another size says about it. */
function Speed({ model }: { readonly model: ModelHere }): ReactNode {
  const { t } = useTranslation('window');
  const speed = speedOf(model, useModels());
  if (speed.kind === 'unknown') return null;
  const said = t(`models.speed.${speed.kind}`, { speed: Math.round(speed.wordsPerSecond) });
  return <span className="row-side">{said}</span>;
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
  if (row.kind === 'clip') return <ClipName clip={row.clip} />;
  if (row.kind === 'conversation')
    return <Named name={showHiddenInLine(row.title)} hint={showTurns(row.hint)} lang={glyphLanguageOf(row.title)} />;
  return <ModelName model={row.model} isClosed={row.isClosed} />;
}

/** A model by its name, with what it is good for, where its server is, or what it would cost to get it. */
function ModelName({ model, isClosed }: Pick<Extract<Row, { kind: 'model' }>, 'model' | 'isClosed'>): ReactNode {
  const { t } = useTranslation(['overlay', 'window']);
  const servers = useMirror('settings')?.servers ?? [];
  const { name } = model;
  const good = goodFor(model);
  const parts = good === null || isClosed ? [] : [t(`models.goodFor.${good}`, { ns: 'window' })];
  if (model.kind === 'server') {
    const label = servers.find(({ id }) => id === model.serverId)?.label ?? '';
    parts.push(
      showHiddenInLine(label),
      isThisMachine(model.host) ? t('row.thisMachine') : showHiddenInLine(model.host),
    );
  } else if (isClosed) parts.push(t('group.closed'));
  else if (!model.installed) parts.push(t('row.getsIt'), model.bytes === null ? '' : formatBytes(model.bytes));
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

function iconOf(row: Extract<Row, { kind: 'command' | 'model' | 'clip' }>): LucideIcon {
  if (row.kind === 'clip') return clipIcons[row.clip.content];
  if (row.kind === 'command') return row.does.icon;
  if (row.isClosed) return Lock;
  if (row.model.chosen) return Check;
  if (row.group !== 'device') return row.group === 'servers' ? Server : Cloud;
  return row.model.installed ? Cpu : ArrowDownToLine;
}
