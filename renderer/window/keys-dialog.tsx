import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { Key } from '../ui/key.tsx';
import { commands } from './commands/commands.ts';
import { Dialog } from './dialog.tsx';

const groups = ['chat', 'answer', 'action', 'window'] as const;
/** Keys that belong to where the keyboard is. */
const others = {
  chat: ['Enter', 'Shift+Enter', 'Up', 'Delete'],
  answer: [],
  action: ['Alt+Up', 'Alt+Down'],
  window: ['Escape'],
} as const;

/** Every key of the window with its name (F1). */
export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('window');
  const platform = useMirror('shell')?.platform ?? 'linux';
  return (
    <Dialog label={t('command.keys')} className="keys" onClose={onClose}>
      <h2>{t('command.keys')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it */}
      <section className="keys-groups" tabIndex={0} aria-label={t('command.keys')}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className="day">{t(`keys.group.${group}`)}</h3>
            <dl>
              {others[group].map((keys) => (
                <Line key={keys} keys={keys} name={t(`keys.fixed.${keys}`)} platform={platform} />
              ))}
              {commands.map(
                ({ id, keys, group: of }) =>
                  of === group &&
                  keys !== null && <Line key={id} keys={keys} name={t(`command.${id}`)} platform={platform} />,
              )}
            </dl>
          </section>
        ))}
      </section>
      <div className="dialog-foot">
        <button type="button" className="button" data-first onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Dialog>
  );
}

interface LineProps {
  readonly keys: string;
  readonly name: string;
  readonly platform: string;
}

function Line({ keys, name, platform }: LineProps): ReactNode {
  return (
    <div className="keys-line">
      <dt>{name}</dt>
      <dd>
        <Key keys={keys} platform={platform} />
      </dd>
    </div>
  );
}
