import { Ellipsis } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Menu, type MenuItem, type MenuPlace, placeAt } from '../menu.tsx';

/** The button of three dots, and the menu that it opens. */
export function MoreButton({ items }: { readonly items: readonly MenuItem[] }): ReactNode {
  const { t } = useTranslation('editor');
  const [place, setPlace] = useState<MenuPlace | null>(null);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={t('more')}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        title={t('more')}
        onClick={(event) => setPlace(placeAt(event.currentTarget))}
      >
        <Ellipsis size={16} strokeWidth={1.6} aria-hidden />
      </button>
      {place !== null && <Menu label={t('more')} place={place} items={items} onClose={() => setPlace(null)} />}
    </>
  );
}
