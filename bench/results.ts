import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Goal } from './goals.ts';
import { median, percentile95 } from './tools/statistics.ts';

/** One line of a result file. `value` and `floor` are medians in the unit of the goal; `ratio` is null for a floor of 0. */
export interface Figure {
  readonly id: string;
  readonly figure: string;
  readonly value: number;
  readonly floor: number;
  readonly ratio: number | null;
  readonly goal: number;
  readonly holds: boolean;
  readonly runs: number;
}

/** What one area measured: a line for the file, and what only the table and the history tell. */
export interface Measured {
  readonly figure: Figure;
  readonly unit: Goal['unit'];
  readonly sense: Goal['sense'];
  readonly percentile95: number;
  readonly floorPercentile95: number;
  /** Runtime and model, such as `Electron 25.1.1` or `Electron 25.1.1, Qwen2.5 Coder 1.5B`. */
  readonly subject: string;
  readonly floorRuns: number;
  /** Runs that were taken although the machine was busy with something else. */
  readonly noisyRuns: number;
}

export interface Samples {
  readonly values: readonly number[];
  readonly floors: readonly number[];
  readonly subject: string;
  readonly noisyRuns?: number;
}

/** Judges samples by a goal. Throws when there are none: a figure that was not measured must not look like one. */
export function judge(goal: Goal, { values, floors, subject, noisyRuns = 0 }: Samples): Measured {
  if (values.length === 0 || floors.length === 0) throw new Error(`${goal.id}: nothing was measured`);
  const value = median(values);
  const floor = median(floors);
  const ratio = floor === 0 ? null : value / floor;
  const judged = goal.bounds === 'value' ? value : (ratio ?? Number.POSITIVE_INFINITY);
  const holds = goal.sense === 'at-most' ? judged <= goal.goal : judged >= goal.goal;
  return {
    figure: {
      id: goal.id,
      figure: goal.figure,
      value: rounded(value),
      floor: rounded(floor),
      ratio: ratio === null ? null : rounded(ratio),
      goal: goal.goal,
      holds,
      runs: values.length,
    },
    unit: goal.unit,
    sense: goal.sense,
    percentile95: rounded(percentile95(values)),
    floorPercentile95: rounded(percentile95(floors)),
    subject,
    floorRuns: floors.length,
    noisyRuns,
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The table a person reads, one line a figure. */
export function formatTable(measured: readonly Measured[]): string {
  const head = ['id', 'figure', 'value [p95]', 'floor [p95]', 'ratio', 'goal', 'holds', 'runs', 'measured on'];
  const rows = measured.map((entry) => {
    const { figure, unit, sense, floorPercentile95, subject, floorRuns, noisyRuns } = entry;
    return [
      figure.id,
      figure.figure,
      `${figure.value.toFixed(1)} [${entry.percentile95.toFixed(1)}] ${unit}`,
      `${figure.floor.toFixed(1)} [${floorPercentile95.toFixed(1)}]`,
      figure.ratio === null ? '-' : figure.ratio.toFixed(2),
      `${sense === 'at-most' ? '<=' : '>='} ${figure.goal}`,
      figure.holds ? 'yes' : 'NO',
      `${figure.runs}/${floorRuns}${noisyRuns > 0 ? ` (${noisyRuns} busy)` : ''}`,
      subject,
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

export interface RunDescription {
  readonly at: string;
  readonly commit: string;
  readonly machine: string;
}

/** Writes `<area>.json` and adds one line to `history.jsonl`. */
export function writeResults(
  folder: string,
  area: string,
  measured: readonly Measured[],
  description: RunDescription,
): void {
  mkdirSync(folder, { recursive: true });
  const figures = measured.map(({ figure }) => figure);
  writeFileSync(join(folder, `${area}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  const history = measured.map(
    ({ figure, percentile95: p95, floorPercentile95: floorP95, subject, unit, noisyRuns }) => ({
      ...figure,
      unit,
      p95,
      floorP95,
      subject,
      noisyRuns,
    }),
  );
  appendFileSync(join(folder, 'history.jsonl'), `${JSON.stringify({ ...description, area, figures: history })}\n`);
}
