import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../ui/key.tsx';
import { commands } from './keymap.ts';

const fixedKeys = ['Enter', 'Shift+Enter', 'Up', 'Tab', 'Escape', 'Ctrl+1–9'] as const;

/** Every key with its name (F1). */
export function KeysPanel({ platform }: { readonly platform: string }): ReactNode {
  const { t } = useTranslation('overlay');
  const named = commands.filter(({ keys, id }) => keys !== null && id !== 'edit-last');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it
    <section className="read keys-panel" tabIndex={0} aria-label={t('command.keys')}>
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
