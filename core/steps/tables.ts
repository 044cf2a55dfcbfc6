import type { PlainStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { type Room, requireCells } from './room.ts';

type Form = Extract<PlainStep, { readonly do: 'write-table' }>['as'];
/** What reads and writes cells between separators; loaded where a step wants it. */
export type Papa = typeof import('papaparse');
type Rows = readonly (readonly string[])[];

const separators = ['\t', ',', ';', '|'];
const ruleRow = /^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$/;

/**
 * A table from text: Markdown's, or cells between tabs, commas, semicolons or bars, with quotes as CSV has them. Throws
 * `step/no-table` for a text without two columns.
 */
export function readTable(text: string, papa: Papa): Rows {
  const rows = (isMarkdownTable(text) ? markdownRows(text) : separatedRows(text, papa)).filter((row) =>
    row.some((cell) => cell !== ''),
  );
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width < 2) throw new AppError('step/no-table', 'the text has no columns');
  requireCells(rows.length, width);
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
}

function isMarkdownTable(text: string): boolean {
  return text.split('\n').some((line) => line.includes('|') && ruleRow.test(line));
}

function markdownRows(text: string): Rows {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.includes('|') && !ruleRow.test(line));
  return lines.map((line) => {
    const inner = line
      .trim()
      .replace(/^\|/, '')
      .replace(/(?<!\\)\|$/, '');
    return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
  });
}

function separatedRows(text: string, papa: Papa): Rows {
  const { data } = papa.parse<string[]>(text.trim(), { delimitersToGuess: separators, skipEmptyLines: true });
  return data.map((row) => row.map((cell) => cell.trim()));
}

/** A table as text. Throws `step/too-large` where `room` does not hold it. */
export function writeTable(rows: Rows, as: Form, papa: Papa, room: Room): string {
  if (as === 'markdown') return toMarkdown(rows);
  if (as === 'json') return toJson(rows, room);
  return papa.unparse(rows as string[][], { delimiter: as === 'csv' ? ',' : '\t', newline: '\n' });
}

function toMarkdown(rows: Rows): string {
  const written = rows.map((row) => `| ${row.map(cellOf).join(' | ')} |`);
  const [head = '', ...rest] = written;
  return [head, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`, ...rest].join('\n');
}

/** A line break would end the row. */
function cellOf(cell: string): string {
  return cell.replaceAll('|', '\\|').replace(/\s*(?:\r\n?|\n)\s*/g, ' ');
}

/** One object a row; columns of one name are told apart by their number. */
function toJson([head = [], ...rows]: Rows, room: Room): string {
  const seen = new Set<string>();
  const names = head.map((name, index) => {
    const isTaken = name === '' || seen.has(name);
    seen.add(name);
    return isTaken ? `${name} ${index + 1}`.trim() : name;
  });
  // Each row says every name again.
  room.take(rows.length * names.reduce((sum, name) => sum + name.length + 10, 0));
  const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
  return JSON.stringify(objects, null, 2);
}
