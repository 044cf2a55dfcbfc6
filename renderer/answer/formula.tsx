import type { ReactNode } from 'react';
import { useDrawMaths } from './late-maths.ts';

export interface FormulaProps {
  readonly tex: string;
  readonly display: boolean;
  /** With its delimiters, as it is shown where it cannot be drawn. */
  readonly written: string;
}

/** A formula of LaTeX, drawn; as it is written where it is none, or cannot be drawn yet. */
export function Formula({ tex, display, written }: FormulaProps): ReactNode {
  const draw = useDrawMaths();
  const drawn = draw?.(tex, display) ?? null;
  if (drawn === null) return <span className="formula-source">{written}</span>;
  return display ? <span className="formula">{drawn}</span> : drawn;
}
