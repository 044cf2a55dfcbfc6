import { MessageSquareText, Plus, Workflow } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Menu, type MenuPlace, placeAt } from '../menu.tsx';

/** Begins an action or a chain. */
export function NewButton({ onNew }: { readonly onNew: (kind: 'action' | 'chain') => void }): ReactNode {
  const { t } = useTranslation('editor');
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const items = [
    { id: 'action', name: t('newAction'), icon: MessageSquareText, keys: 'Ctrl+Shift+N', run: () => onNew('action') },
    { id: 'chain', name: t('newChain'), icon: Workflow, keys: 'Ctrl+Shift+L', run: () => onNew('chain') },
  ];
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={t('new')}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        title={t('new')}
        onClick={(event) => setPlace(placeAt(event.currentTarget))}
      >
        <Plus size={16} strokeWidth={1.6} aria-hidden />
      </button>
      {place !== null && <Menu label={t('new')} place={place} items={items} onClose={() => setPlace(null)} />}
    </>
  );
}
