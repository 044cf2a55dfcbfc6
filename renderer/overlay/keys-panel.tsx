import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../ui/key.tsx';
import { editLast } from './commands/answer.ts';
import { commands } from './commands/commands.ts';
import { listKeys } from './commands/help.ts';

const fixedKeys = ['Enter', 'Shift+Enter', 'Up', 'Tab', 'Escape', 'Ctrl+1–9'] as const;
/** The line of Up tells of it. */
const toldAlready = editLast;

/** Every key with its name (F1). */
export function KeysPanel({ platform }: { readonly platform: string }): ReactNode {
  const { t } = useTranslation('overlay');
  const named = commands.filter((command) => command.keys !== null && command !== toldAlready);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it
    <section className="read keys-panel" tabIndex={0} aria-label={t(`command.${listKeys.id}`)}>
      {fixedKeys.map((keys) => (
        <p key={keys}>
          <Key keys={keys} platform={platform} /> {t(`fixedKey.${keys}`)}
        </p>
      ))}
      {named.map(({ id, keys }) => (
        <p key={id}>
          <Key keys={keys ?? ''} platform={platform} /> {t(`command.${id}`)}
        </p>
      ))}
    </section>
  );
}
