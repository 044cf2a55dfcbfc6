import type { ReactNode } from 'react';
import { showHiddenInLine } from '../../locales/show-hidden.ts';

export interface PseudonymItemProps {
  readonly pseudonym: string;
  /** What it stands for. */
  readonly secret: string;
}

/** Which stands for what, in a list of these. */
export function PseudonymItem({ pseudonym, secret }: PseudonymItemProps): ReactNode {
  return (
    <li>
      <span>{showHiddenInLine(secret)}</span>
      <span className="dim" aria-hidden>
        →
      </span>
      <mark className="pseudonym">{pseudonym}</mark>
    </li>
  );
}
