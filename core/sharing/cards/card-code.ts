import encodeQR from 'qr';
import type { Card } from '../../../contract/card.ts';
import { packCard } from './packed-card.ts';

/** The most modules a side that a telephone's screen and a picture of half its size keep apart (version 26 of 40). */
const mostModules = 121;
/** White around the code (ISO/IEC 18004, 9.1). */
const quiet = 4;

/** A QR code, a row a string of 0 and 1 with its quiet edge. */
export interface CardCode {
  readonly rows: readonly string[];
  /** The action is whole in it. */
  readonly holdsAction: boolean;
}

/**
 * The code that says what made an answer: with the action whole where that is small, else by its hash. What is left out never
 * changes what is signed.
 */
export function codeOf(card: Card): CardCode {
  const whole = card.file === null ? null : rowsOf({ ...card, said: null });
  if (whole !== null && whole.length <= mostModules + 2 * quiet) return { rows: whole, holdsAction: true };
  const rows = rowsOf({ ...card, file: null, said: null });
  if (rows === null) throw new Error('what is always in a card fits');
  return { rows, holdsAction: false };
}

/** Null for more than any code holds. */
function rowsOf(card: Card): readonly string[] | null {
  try {
    const code = encodeQR(packCard(card), 'raw', { ecc: 'low', border: quiet, encoding: 'alphanumeric' });
    return code.map((row) => row.map((dark) => (dark ? '1' : '0')).join(''));
  } catch {
    return null;
  }
}
