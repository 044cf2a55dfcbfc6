import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../ui/key.tsx';
import { editLast } from './commands/answer.ts';
import { commandGroups } from './commands/groups.ts';
import { listKeys } from './commands/help.ts';

const fixedKeys = ['Enter', 'Shift+Enter', 'Up', 'Tab', 'Escape', 'Ctrl+1–9'] as const;
/** The line of Up tells of it. */
const toldAlready = editLast;

/** Every key with its name (F1). */
export function KeysPanel({ platform }: { readonly platform: string }): ReactNode {
  const { t } = useTranslation('overlay');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it
    <section className="read keys-panel" tabIndex={0} aria-label={t(`command.${listKeys.id}`)}>
      <div className="read-content">
        <section>
          <h2>{t('keyGroup.box')}</h2>
          {fixedKeys.map((keys) => (
            <p key={keys}>
              <Key keys={keys} platform={platform} /> {t(`fixedKey.${keys}`)}
            </p>
          ))}
        </section>
        {commandGroups.map(({ name, commands }) => (
          <section key={name}>
            <h2>{t(`keyGroup.${name}`)}</h2>
            {commands
              .filter((command) => command.keys !== null && command !== toldAlready)
              .map(({ id, keys }) => (
                <p key={id}>
                  <Key keys={keys ?? ''} platform={platform} /> {t(`command.${id}`)}
                </p>
              ))}
          </section>
        ))}
      </div>
    </section>
  );
}
