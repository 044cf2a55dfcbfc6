import { PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../ui/key.tsx';

/** Says under the input that the last question is being changed. The input itself stays where it is. */
export function EditingLine(): ReactNode {
  const { t } = useTranslation('overlay');
  return (
    <div className="quiet" role="status">
      <PencilLine size={14} strokeWidth={1.6} aria-hidden />
      <span className="quiet-text">{t('editing')}</span>
      <span className="hint">
        <Key keys="Escape" platform="linux" />
        {t('hint.keep')}
      </span>
    </div>
  );
}
