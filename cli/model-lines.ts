import type { ModelRow } from '../contract/model.ts';
import { columnsOf } from './drawing/cells.ts';
import { cut, pad } from './drawing/layout.ts';
import { type Line, type Piece, piece } from './drawing/pieces.ts';
import { labelsOf } from './model-names.ts';
import type { Words } from './words.ts';

const sizeColumns = 8;

/** A line for each model: whether it answers, its name, its size, and where it is. */
export function modelLines(rows: readonly ModelRow[], words: Words, columns: number | null): readonly Line[] {
  const labels = labelsOf(rows);
  const shown = rows.map((row) => ({
    row,
    name: words.safe(labels.get(row.id) ?? row.name),
    state: stateOf(row, words),
  }));
  const states = Math.max(...shown.map(({ state }) => columnsOf(state)), 0);
  const natural = Math.max(...shown.map(({ name }) => columnsOf(name)), 0);
  const room = columns === null ? natural : Math.max(columns - sizeColumns - 6 - Math.min(states, columns / 3), 12);
  const width = Math.min(natural, room);
  return shown.map(({ row, name, state }) => {
    const size = row.kind === 'server' || row.bytes === null ? '' : words.bytes(row.bytes);
    const line: readonly Piece[] = [
      row.chosen ? piece('●', 'accent') : piece('○', 'dim'),
      piece(' '),
      ...pad(
        [
          piece(
            cut(name, width)
              .map(({ text }) => text)
              .join(''),
            ...(row.chosen ? (['strong'] as const) : []),
          ),
        ],
        width,
      ),
      piece('  '),
      ...pad(size, sizeColumns, 'start'),
      piece(`  ${state}`, ...(row.installed ? [] : (['dim'] as const))),
    ];
    return columns === null ? line : cut(line, columns);
  });
}

function stateOf(row: ModelRow, words: Words): string {
  if (row.kind === 'server') return words.say('modelState.server', { host: row.host });
  const { installed, purpose } = row;
  if (row.kind === 'sight')
    return words.say('modelReadsPictures', { state: words.say(installed ? 'modelState.here' : 'modelState.away') });
  const { fastCopy } = row;
  if (fastCopy?.status === 'ready') return words.say('modelState.faster');
  const state = words.say(installed ? 'modelState.here' : 'modelState.away');
  return purpose === 'embedding' ? words.say('modelCompares', { state }) : state;
}
