import type { ReactNode } from 'react';

/** Beckon's own sign, as on its icon. */
export function Mark({ size }: { readonly size: number }): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="4 4 56 56" aria-hidden="true">
      <rect className="mark-ground" x="4" y="4" width="56" height="56" rx="16" />
      <path className="mark-lines" d="M20 24h24M20 33h15" />
      <circle className="mark-dot" cx="42" cy="42" r="6" />
    </svg>
  );
}
