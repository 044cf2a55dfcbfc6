import { describe, expect, it } from 'vitest';
import { commentsOf, formValues, withValues } from '../../../documents/pdf/form-values.ts';
import { pageText, type TextPiece } from '../../../documents/pdf/page-text.ts';

function piece(str: string, x: number, y: number, hasEOL = true): TextPiece {
  return { str, hasEOL, height: 12, width: str.length * 6, dir: 'ltr', transform: [12, 0, 0, 12, x, y] };
}

const field = (rect: readonly number[], more: Readonly<Record<string, unknown>>) => ({
  subtype: 'Widget',
  rect,
  ...more,
});
const words = (rect: readonly number[], fieldValue: unknown) => field(rect, { fieldType: 'Tx', fieldValue });
const read = (pieces: readonly TextPiece[], annotations: readonly Readonly<Record<string, unknown>>[]) =>
  pageText(withValues(pieces, formValues(annotations)));

describe('what was filled into a form', () => {
  it('stands behind the words to its left, in the order of the page', () => {
    const pieces = [
      piece('Name:', 50, 700),
      piece('From', 50, 680, false),
      piece('to', 200, 680),
      piece('End', 50, 660),
    ];
    const annotations = [
      words([230, 676, 300, 694], 'Friday'),
      words([90, 676, 190, 694], 'Monday'),
      words([100, 696, 200, 714], 'Ana Lima'),
    ];
    expect(read(pieces, annotations)).toBe('Name: Ana Lima\nFrom Monday to Friday\nEnd');
  });

  it('stands behind the words above it where nothing is beside it, and at the end of a page without words', () => {
    const pieces = [piece('Reason', 50, 700), piece('Other', 300, 700)];
    expect(read(pieces, [words([50, 640, 250, 690], 'Two lines\nof it')])).toBe('Reason Two lines\nof it\nOther');
    expect(read([], [words([50, 640, 250, 690], 'Alone')])).toBe('Alone');
  });

  it('is ticked or not before the words of its box', () => {
    const box = (y: number, fieldValue: string) =>
      field([50, y - 2, 62, y + 10], { fieldType: 'Btn', checkBox: true, fieldValue, exportValue: 'Yes' });
    const pieces = [piece('Resident', 70, 700), piece('Visitor', 70, 680)];
    expect(read(pieces, [box(700, 'Yes'), box(680, 'Off')])).toBe('[x] Resident\n[ ] Visitor');
  });

  it('is the one chosen of several, by the words that are shown', () => {
    const choice = field([100, 696, 200, 714], {
      fieldType: 'Ch',
      fieldValue: ['b'],
      options: [{ exportValue: 'a', displayValue: 'Harbour' }, { exportValue: 'b', displayValue: 'Old town' }, null],
    });
    const button = (x: number, buttonValue: string) =>
      field([x, 676, x + 10, 690], { fieldType: 'Btn', radioButton: true, fieldValue: '2', buttonValue });
    const pieces = [piece('Zone', 50, 700), piece('one', 65, 680, false), piece(' two', 125, 680)];
    expect(read(pieces, [choice, button(50, '1'), button(110, '2')])).toBe('Zone Old town\n[ ] one[x]  two');
  });

  it('is left out where it is hidden, empty, a password, a button to press, or nothing that is known', () => {
    const rect = [100, 696, 200, 714];
    const annotations = [
      { ...words(rect, 'hidden'), hidden: true },
      { ...words(rect, 'secret'), password: true },
      words(rect, ''),
      words(rect, null),
      words(rect, { toString: 'x' }),
      words([1, 2], 'no place'),
      field(rect, { fieldType: 'Btn', pushButton: true, fieldValue: 'Send' }),
      field(rect, { fieldType: 'Sig', fieldValue: 'signed' }),
      { subtype: 'Link', rect, contentsObj: { str: 'x' } },
      {},
    ];
    expect(read([piece('Name', 50, 700)], annotations)).toBe('Name');
  });

  it('and a page without a form is as it was', () => {
    const pieces = [piece('One', 50, 700), piece('Two', 50, 680)];
    expect(withValues(pieces, formValues([]))).toBe(pieces);
  });
});

describe('comments beside a page', () => {
  it('are told with who wrote them, and nothing else is', () => {
    const annotations = [
      { subtype: 'Text', contentsObj: { str: 'The rent must be 940, not 904.' }, titleObj: { str: 'Ana' } },
      { subtype: 'Highlight', contentsObj: { str: 'check' }, titleObj: { str: '' } },
      { subtype: 'Highlight', contentsObj: { str: '' } },
      { subtype: 'Popup', contentsObj: { str: 'check' } },
      { subtype: 'Text', contentsObj: { str: 'hidden' }, hidden: true },
      { subtype: 'Text', contentsObj: 'odd' },
    ];
    expect(commentsOf(annotations)).toBe('[Ana: The rent must be 940, not 904.]\n[check]');
  });
});
