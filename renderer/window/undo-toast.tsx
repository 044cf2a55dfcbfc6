import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

export interface UndoToastProps {
  readonly text: string;
  /** How long it can be undone, in milliseconds. */
  readonly ms: number;
  readonly onUndo: () => void;
  readonly onGone: () => void;
}

export function UndoToast({ text, ms, onUndo, onGone }: UndoToastProps): ReactNode {
  const { t } = useTranslation('window');
  // biome-ignore lint/correctness/useExhaustiveDependencies: one clock for one deletion
  useEffect(() => {
    const timer = setTimeout(onGone, ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return (
    <div className="toast" role="status">
      <span>{text}</span>
      <button
        type="button"
        className="button"
        onClick={() => {
          onUndo();
          onGone();
        }}
      >
        {t('undo')}
      </button>
    </div>
  );
}
