import { Fragment, type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { Key } from '../ui/key.tsx';
import type { WindowCommand, WindowContext } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { Dialog } from './dialog.tsx';
import type { WindowKeys } from './use-window-keys.ts';

/** Everything that can be done now, by its name in either language (Ctrl+K). */
export function Palette({ keys, onClose }: { readonly keys: WindowKeys; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('window');
  const list = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  // The context is the one in which the list was opened: the list itself is no part of what is shown.
  const [context] = useState(keys.contextNow);
  const shown = useFound(query, context);
  const take = (command: WindowCommand | undefined) => {
    if (command === undefined) return;
    onClose();
    // The dialog gives the keyboard back first.
    setTimeout(() => keys.run(command));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = nextRow(event, at, shown.length);
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) take(shown[at]);
    else if (to === null) return;
    else setAt(to);
    event.preventDefault();
  };
  return (
    <Dialog label={t('command.commands')} className="palette" onClose={onClose}>
      <PaletteInput
        list={list}
        at={shown[at] === undefined ? null : at}
        query={query}
        onChange={(next) => {
          setQuery(next);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list" id={list} role="listbox" aria-label={t('command.commands')}>
        {shown.map((command, index) => (
          <Fragment key={command.id}>
            {command.group !== shown[index - 1]?.group && (
              <div className="palette-group" aria-hidden>
                {t(`keys.group.${command.group}`)}
              </div>
            )}
            <Row id={`${list}-${index}`} command={command} isAt={index === at} onTake={() => take(command)} />
          </Fragment>
        ))}
      </div>
      {shown.length === 0 && <p className="dim palette-nothing">{t('chats.nothing')}</p>}
    </Dialog>
  );
}

interface PaletteInputProps {
  readonly list: string;
  /** The row that Enter takes; null when there is none. */
  readonly at: number | null;
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function PaletteInput({ list, at, query, onChange, onKeyDown }: PaletteInputProps): ReactNode {
  const { t } = useTranslation('window');
  return (
    <input
      className="palette-input"
      role="combobox"
      aria-expanded="true"
      aria-controls={list}
      aria-activedescendant={at === null ? undefined : `${list}-${at}`}
      aria-label={t('command.commands')}
      placeholder={t('palette.find')}
      value={query}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}

/** The row that an arrow leads to, round and round; null for other keys. */
function nextRow({ key }: KeyboardEvent, at: number, count: number): number | null {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : null;
  return step === null || count === 0 ? null : (at + step + count) % count;
}

function useFound(query: string, context: WindowContext): readonly WindowCommand[] {
  const { i18n } = useTranslation('window');
  const words = query.trim().toLowerCase();
  const namesOf = ({ id }: WindowCommand) =>
    ['en', 'zh-CN'].map((lng) => i18n.t(`command.${id}`, { ns: 'window', lng }));
  return commands.filter(
    (command) =>
      command.id !== 'commands' &&
      command.when(context) &&
      namesOf(command).some((name) => name.toLowerCase().includes(words)),
  );
}

interface RowProps {
  readonly id: string;
  readonly command: WindowCommand;
  readonly isAt: boolean;
  readonly onTake: () => void;
}

function Row({ id, command, isAt, onTake }: RowProps): ReactNode {
  const { t } = useTranslation('window');
  const platform = useMirror('shell')?.platform ?? 'linux';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the field's
    <div
      id={id}
      className={isAt ? 'palette-row at' : 'palette-row'}
      role="option"
      tabIndex={-1}
      aria-selected={isAt}
      ref={(row) => {
        if (isAt) row?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onTake}
    >
      <command.icon size={16} strokeWidth={1.6} aria-hidden />
      <span className="menu-name">{t(`command.${command.id}`)}</span>
      {command.keys !== null && <Key keys={command.keys} platform={platform} />}
    </div>
  );
}
