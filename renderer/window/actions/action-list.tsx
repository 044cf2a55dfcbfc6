import { type KeyboardEvent, type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AtomRow } from '../../../contract/atom.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { useMirror } from '../../app/backend.ts';
import { ActionIcon } from '../../overlay/action-icon.tsx';
import { SearchField } from '../search-field.tsx';
import { type Language, readDoc, textIn } from './doc.ts';
import { type Draft, type Drafts, isDirty } from './drafts.ts';
import { NewButton } from './new-button.tsx';
import { useSayFault } from './use-say-fault.ts';

/** One line of the list. */
interface Item {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly icon: string | null;
  readonly isDirty: boolean;
  readonly isBroken: boolean;
}

export interface ActionListProps {
  readonly drafts: Drafts;
  readonly at: string | null;
  readonly language: Language;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onOpen: (key: string) => void;
  readonly onNew: (kind: 'action' | 'chain') => void;
}

const groups = ['begun', 'own', 'broken', 'builtIn'] as const;

/** All actions: what was begun, the person's own, files that are none with their reason, and those of Beckon. */
export function ActionList({ drafts, at, language, search, onOpen, onNew }: ActionListProps): ReactNode {
  const { t } = useTranslation('editor');
  const [query, setQuery] = useState('');
  const items = useItems(drafts, language);
  const words = query.trim().toLowerCase();
  const found = groups.map((group) => ({
    group,
    rows: items[group].filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(words)),
  }));
  const order = found.flatMap(({ rows }) => rows.map(({ key }) => key));
  const stop = order.includes(at ?? '') ? at : order[0];
  return (
    <aside className="chat-list action-list" aria-label={t('title')} onKeyDown={onListKey}>
      <h1 className="hidden-live">{t('title')}</h1>
      <div className="chat-search">
        <SearchField input={search} query={query} label={t('find')} onChange={setQuery} />
        <NewButton onNew={onNew} />
      </div>
      {found.map(
        ({ group, rows }) =>
          rows.length > 0 && (
            <section key={group} aria-label={t(`group.${group}`)}>
              <h2 className="day">{t(`group.${group}`)}</h2>
              <ul>
                {rows.map((item) => (
                  <Row key={item.key} item={item} isAt={item.key === at} isStop={item.key === stop} onOpen={onOpen} />
                ))}
              </ul>
            </section>
          ),
      )}
      {order.length === 0 && <p className="empty-hint dim">{t('nothing')}</p>}
    </aside>
  );
}

interface RowProps {
  readonly item: Item;
  readonly isAt: boolean;
  readonly isStop: boolean;
  readonly onOpen: (key: string) => void;
}

function Row({ item, isAt, isStop, onOpen }: RowProps): ReactNode {
  const { t } = useTranslation('editor');
  const { key, name, about, icon, isBroken } = item;
  return (
    <li>
      <button
        type="button"
        className={isAt ? 'chat-item action-item at' : 'chat-item action-item'}
        aria-current={isAt || undefined}
        tabIndex={isStop ? 0 : -1}
        onClick={() => onOpen(key)}
      >
        <span className="chat-line">
          <ActionIcon name={icon} />
          <span className="chat-title">{showHiddenInLine(name)}</span>
          {item.isDirty && <span className="chat-time">{t('unsaved')}</span>}
        </span>
        {about !== '' && (
          <span className={isBroken ? 'chat-hint refusal' : 'chat-hint'}>
            <span className="chat-from">{showHiddenInLine(about)}</span>
          </span>
        )}
      </button>
    </li>
  );
}

/** Arrows lead from row to row, across groups. */
function onListKey(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.action-item')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const isSearch = document.activeElement instanceof HTMLInputElement && step === 1;
  if (step === 0 || (at < 0 && !isSearch)) return;
  rows[Math.max(0, Math.min(at + step, rows.length - 1))]?.focus();
  event.preventDefault();
}

function useItems(drafts: Drafts, language: Language): Readonly<Record<(typeof groups)[number], readonly Item[]>> {
  const { t } = useTranslation('editor');
  const sayFault = useSayFault();
  const { atoms = [], broken = [] } = useMirror('atoms') ?? {};
  const ofRow = (row: AtomRow): Item => {
    const draft = drafts.get(`id:${row.id}`);
    const isChanged = draft !== undefined && isDirty(draft);
    return {
      ...{ key: `id:${row.id}`, icon: row.icon, isDirty: isChanged, isBroken: false },
      name: (isChanged ? nameOf(draft, language) : '') || row.name[language],
      about: row.hint?.[language] ?? '',
    };
  };
  const ofDraft = (draft: Draft): Item => ({
    ...{ key: draft.key, about: '', icon: null, isDirty: isDirty(draft), isBroken: false },
    name: nameOf(draft, language) || t('unnamed'),
  });
  const known = new Set(atoms.map(({ id }) => `id:${id}`));
  return {
    begun: [...drafts.values()].filter(({ key }) => isBegun(key, known)).map(ofDraft),
    own: atoms.filter(({ builtIn }) => !builtIn).map(ofRow),
    broken: broken.map((error) =>
      ofBroken(error, (line, reason) => t('line', { line, reason: sayFault(error.values ?? {}, String(reason)) })),
    ),
    builtIn: atoms.filter(({ builtIn }) => builtIn).map(ofRow),
  };
}

/** Neither of an action that there is, nor of a broken file. */
function isBegun(key: string, known: ReadonlySet<string>): boolean {
  return !key.startsWith('file:') && !known.has(key);
}

function ofBroken({ values = {} }: AppErrorShape, say: (line: unknown, reason: unknown) => string): Item {
  const file = String(values['file'] ?? '');
  const about = values['line'] === undefined ? '' : say(values['line'], values['reason']);
  return { key: `file:${file}`, name: file, about, icon: null, isDirty: false, isBroken: true };
}

export function nameOf({ history }: Draft, language: Language): string {
  return textIn(readDoc(history.now)?.['name'], language);
}
