import { describe, expect, it } from 'vitest';
import {
  endsWithPasted,
  isPastedEnd,
  isPastedWhole,
  type Pasted,
  waysBack,
} from '../../../desktop/x11/paste/pasted-end.ts';

const stepsBack = (pasted: Pasted) => waysBack(pasted).find(({ key }) => key === 'Left')?.presses ?? null;
/** What so many keys back from behind the text select, where each takes one character. */
const back = (field: string, steps: number | null) => field.slice(-(steps ?? 0));

describe('the end of what was pasted', () => {
  const corrected = { before: 'The tide turn at noon today.', text: 'The tide turns at noon today.' };

  it('is told from what stood there before, though both end alike', () => {
    const steps = stepsBack(corrected);
    expect(isPastedEnd(back(`Yes. ${corrected.text}`, steps), corrected)).toBe(true);
    expect(isPastedEnd(back(`Yes. ${corrected.before}`, steps), corrected)).toBe(false);
    expect(isPastedEnd('today.', corrected)).toBe(false);
  });

  it('is looked for in six characters where the ends differ, and in all of a shorter text', () => {
    expect(stepsBack({ before: 'Old.', text: 'It turns at noon!' })).toBeLessThan(9);
    const short = { before: 'one two three', text: 'four' };
    expect(stepsBack(short)).toBe(4);
    expect(isPastedEnd('four', short)).toBe(true);
    expect(isPastedEnd('our', short)).toBe(true);
    expect(isPastedEnd('our!', short)).toBe(false);
  });

  it('is looked for in six characters where nothing but white space differs', () => {
    const spaced = { before: 'The  same words.', text: 'The same words.' };
    expect(stepsBack(spaced)).toBe(6);
    expect(isPastedEnd(back(spaced.text, 6), spaced)).toBe(true);
    expect(endsWithPasted(`Yes. ${spaced.text}`, spaced)).toBe(true);
    expect(isPastedEnd('words.!', spaced)).toBe(false);
  });

  it('is not looked for where both differ too far back', () => {
    expect(stepsBack({ before: `A${' word'.repeat(2000)}`, text: `B${' word'.repeat(2000)}` })).toBe(null);
  });

  it('is looked for by lines further back, and by characters after that where a field may have one line alone', () => {
    const tail = ' The ferry is late.'.repeat(15);
    expect(waysBack({ before: `One.${tail}`, text: `Two.${tail}` })).toEqual([
      { key: 'Up', presses: 15, isExact: false },
      { key: 'Left', presses: 289, isExact: true },
    ]);
    const lines = '\nThe ferry is late.'.repeat(100);
    expect(waysBack({ before: `One.${lines}`, text: `Two.${lines}` })).toEqual([
      { key: 'Up', presses: 101, isExact: false },
    ]);
  });

  it('counts characters as a person sees them', () => {
    expect(stepsBack({ before: 'x', text: '👩‍👩‍👧👩‍👩‍👧' })).toBe(2);
  });

  it('is the same with more line ends, or none', () => {
    const lines = { before: 'Old.', text: '- Ebbe um zwölf.\n- a' };
    for (const offered of ['zwölf.\n\n- a', 'zwölf.- a', 'zwölf. - a']) expect(isPastedEnd(offered, lines)).toBe(true);
    const ended = { before: 'Old.', text: 'It turns at noon.\n' };
    for (const offered of ['at noon.\n\n', 'at noon.', 'at noon.\n']) expect(isPastedEnd(offered, ended)).toBe(true);
  });

  it('is not where a space or a line was typed behind it', () => {
    for (const typed of [' ', '\n', '!']) expect(isPastedEnd(`today.${typed}`, corrected)).toBe(false);
    expect(isPastedEnd(`s at noon today. `, corrected)).toBe(false);
    const ended = { before: 'Old.', text: 'It turns at noon.\n' };
    for (const typed of [' ', '\t', 'x']) expect(isPastedEnd(`at noon.\n${typed}`, ended)).toBe(false);
  });

  it('is it with one character more that was left selected', () => {
    expect(isPastedEnd('rns at noon today.', corrected)).toBe(true);
    expect(isPastedEnd(`x${corrected.text}`, corrected)).toBe(true);
  });

  it('of a text that lost its beginning is told by what is before it', () => {
    const shorter = { before: 'Well, it turns.', text: 'it turns.' };
    const steps = stepsBack(shorter);
    expect(isPastedEnd(back(`Yes: ${shorter.text}`, steps), shorter)).toBe(true);
    expect(isPastedEnd(back(`Yes: ${shorter.before}`, steps), shorter)).toBe(false);
    expect(steps).toBeGreaterThan(shorter.text.length);
    expect(isPastedWhole(back(shorter.text, steps), shorter)).toBe(true);
    expect(isPastedWhole(back(shorter.before, steps), shorter)).toBe(false);
  });
});

describe('what is selected', () => {
  it('is what was pasted, and not what stood there before', () => {
    const shorter = { before: 'Well, it turns.\n', text: 'it turns.\n' };
    expect(endsWithPasted('Yes: it turns.', shorter)).toBe(true);
    expect(endsWithPasted('Well, it turns.', shorter)).toBe(false);
    expect(endsWithPasted('turns.', shorter)).toBe(false);
  });
});
