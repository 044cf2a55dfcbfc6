import { Check } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { Key } from '../ui/key.tsx';

export interface Toast {
  /** A function where what was done may change the language that it is told in. */
  readonly text: string | (() => string);
  /** How long it stands, in milliseconds; and how long it can be undone. */
  readonly ms?: number;
  readonly undo?: () => void;
  /** Something else that can be done, with its name. */
  readonly act?: { readonly name: string; readonly run: () => void };
  /** It stays until another one or nothing takes its place. */
  readonly stays?: boolean;
}

interface Toasts {
  readonly toast: Toast | null;
  readonly show: (toast: Toast | null) => void;
}

const usualMs = 4000;
const ToastContext = createContext<Toasts>({ toast: null, show: () => {} });

/** One line at a time that tells what was done, and how it is undone. */
export function ToastProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [toast, show] = useState<Toast | null>(null);
  useEffect(() => {
    if (toast === null || toast.stays) return;
    const timer = setTimeout(() => show((now) => (now === toast ? null : now)), toast.ms ?? usualMs);
    return () => clearTimeout(timer);
  }, [toast]);
  const value = useMemo(() => ({ toast, show }), [toast]);
  return <ToastContext value={value}>{children}</ToastContext>;
}

export function useToast(): Toasts['show'] {
  return useContext(ToastContext).show;
}

/** Undoes what the line tells of; null when it tells of nothing that can be undone. */
export function useUndo(): (() => void) | null {
  const { toast, show } = useContext(ToastContext);
  const undo = toast?.undo;
  const run = useCallback(() => {
    undo?.();
    show(null);
  }, [undo, show]);
  return undo === undefined ? null : run;
}

/** Stands at the end of what it is about: the chat, or the page. */
export function ToastView(): ReactNode {
  const { t } = useTranslation('window');
  const { toast, show } = useContext(ToastContext);
  const undo = useUndo();
  const platform = useMirror('shell')?.platform ?? 'linux';
  if (toast === null) return <div className="toast-place" role="status" />;
  return (
    <div className="toast-place" role="status">
      <div className="toast">
        <Check size={14} strokeWidth={1.8} aria-hidden />
        <span className="toast-text">{typeof toast.text === 'string' ? toast.text : toast.text()}</span>
        {undo !== null && (
          <button type="button" className="button plain toast-button" onClick={undo}>
            {t('undo')} <Key keys="Ctrl+Z" platform={platform} />
          </button>
        )}
        {toast.act !== undefined && (
          <button
            type="button"
            className="button plain toast-button"
            onClick={() => {
              toast.act?.run();
              show(null);
            }}
          >
            {toast.act.name}
          </button>
        )}
      </div>
    </div>
  );
}
