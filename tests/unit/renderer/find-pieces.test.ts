import { describe, expect, it } from 'vitest';
import { findPieces } from '../../../renderer/answer/find-pieces.ts';

/** Marks were to be drawn over the first place with the same characters, which may be another one. */
describe('pieces of a Markdown text in what is shown of it', () => {
  const place = (shown: string, text: string, piece: string, from = 0) => {
    const start = text.indexOf(piece, from);
    const [found] = findPieces(shown, text, [{ start, end: start + piece.length }]);
    return found == null ? null : [found.start, shown.slice(found.start, found.end)];
  };

  it('are the same occurrence, not the first one with the same characters', () => {
    const text = 'It was 5 then, and **5** now.';
    expect(place('It was 5 then, and 5 now.', text, '5', 10)).toEqual([19, '5']);
  });

  it('are found over the marks of emphasis inside of them', () => {
    expect(place('said Greta Olsen.', 'said **Greta** Olsen.', 'Greta** Olsen')).toEqual([5, 'Greta Olsen']);
  });

  it('are none when nothing of them is shown', () => {
    expect(place('A picture.', '![5](x) A picture.', '5')).toBeNull();
  });
});
