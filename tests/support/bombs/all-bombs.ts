import type { Bomb } from './bomb.ts';
import { oldBombs } from './old-bombs.ts';
import { pdfBombs } from './pdf-bombs.ts';
import { htmlBombs, mailBombs, plainBombs, rtfBombs } from './text-bombs.ts';
import { zipBombs } from './zip-bombs.ts';

/** Ten or more of each container that documents come in. */
export async function allBombs(): Promise<readonly Bomb[]> {
  return [...(await zipBombs()), ...pdfBombs, ...oldBombs, ...rtfBombs, ...htmlBombs, ...mailBombs, ...plainBombs];
}
