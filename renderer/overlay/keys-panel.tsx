import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../ui/key.tsx';
import { editLast } from './commands/answer.ts';
import { nextMark, takeNotice } from './commands/attention.ts';
import type { Command } from './commands/command.ts';
import { commandGroups } from './commands/groups.ts';
import { listKeys } from './commands/help.ts';

const fixedKeys = ['Enter', 'Shift+Enter', 'Up', 'Tab', 'Escape', 'Ctrl+1–9', 'Ctrl+Down'] as const;
/** The lines of Up and of Ctrl+Down tell of them. */
const toldAlready: readonly Command[] = [editLast, nextMark, takeNotice];

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
              <span>{t(`fixedKey.${keys}`)}</span> <Key keys={keys} platform={platform} />
            </p>
          ))}
        </section>
        {commandGroups.map(({ name, commands }) => (
          <section key={name}>
            <h2>{t(`keyGroup.${name}`)}</h2>
            {commands
              .filter((command) => command.keys !== null && !toldAlready.includes(command))
              .map(({ id, keys }) => (
                <p key={id}>
                  <span>{t(`command.${id}`)}</span> <Key keys={keys ?? ''} platform={platform} />
                </p>
              ))}
          </section>
        ))}
      </div>
    </section>
  );
}
