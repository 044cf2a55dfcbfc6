import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface IconButtonProps {
  /** What it does, for the pointer that rests on it and for whoever does not see the icon. */
  readonly name: string;
  readonly icon: LucideIcon;
  readonly size?: number;
  readonly strokeWidth?: number;
  /** What it is called in style sheets besides. */
  readonly className?: string;
  readonly onPress: () => void;
}

/** A button that shows an icon alone. */
export function IconButton(props: IconButtonProps): ReactNode {
  const { name, icon: Icon, size = 16, strokeWidth = 1.6, className = '', onPress } = props;
  return (
    <button
      type="button"
      className={`icon-button ${className}`.trimEnd()}
      aria-label={name}
      title={name}
      onClick={onPress}
    >
      <Icon size={size} strokeWidth={strokeWidth} aria-hidden />
    </button>
  );
}
