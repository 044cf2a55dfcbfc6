import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../core/title.ts';

describe('the title of a chat', () => {
  it('gives a title of one line that cuts no character', () => {
    expect(titleOf('\n\n  Hello   there \nsecond')).toBe('Hello there');
    // A question and the name of its file stood in the list with four dots between them.
    const long = 'Explain quicksort with the formula and a table.';
    expect(titleOf(`${long} ${'lighthouse'.repeat(3)}.pdf`)).toBe('Explain quicksort with the formula and a table…');
    expect(titleOf(`${'。'.repeat(80)}`)).toBe(`${'。'.repeat(60)}…`);
    expect([...titleOf('🌙'.repeat(100))].length).toBeLessThanOrEqual(61);
    expect(titleOf('🌙'.repeat(100)).isWellFormed()).toBe(true);
  });
});
