import { X } from 'lucide-react';
import type { ReactNode } from 'react';

export interface RemoveButtonProps {
  readonly label: string;
  /** By Tab too; a chip has Delete for it. */
  readonly reachable?: boolean;
  readonly onRemove: () => void;
}

/** The cross of a chip. */
export function RemoveButton({ label, reachable = false, onRemove }: RemoveButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="chip-remove"
      tabIndex={reachable ? 0 : -1}
      aria-label={label}
      title={label}
      onClick={(event) => {
        focusInput(event.currentTarget);
        onRemove();
      }}
    >
      <X size={13} strokeWidth={1.8} aria-hidden />
    </button>
  );
}

/** What had the keyboard goes: the input takes it. */
export function focusInput(from: Element): void {
  from.closest('main')?.querySelector('textarea')?.focus();
}
