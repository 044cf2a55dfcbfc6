import type { PlainStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';

type Form = Extract<PlainStep, { readonly do: 'write-table' }>['as'];
type Rows = readonly (readonly string[])[];

const separators = ['\t', ',', ';', '|'];
const ruleRow = /^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$/;

/**
 * A table from text: Markdown's, or cells between tabs, commas, semicolons or bars, with quotes as CSV has them. Throws
 * `step/no-table` for a text without two columns.
 */
export async function readTable(text: string): Promise<Rows> {
  const rows = (isMarkdownTable(text) ? markdownRows(text) : await separatedRows(text)).filter((row) =>
    row.some((cell) => cell !== ''),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2) throw new AppError('step/no-table', 'the text has no columns');
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

async function separatedRows(text: string): Promise<Rows> {
  const { default: papa } = await import('papaparse');
  const { data } = papa.parse<string[]>(text.trim(), { delimitersToGuess: separators, skipEmptyLines: true });
  return data.map((row) => row.map((cell) => cell.trim()));
}

/** A table as text. */
export async function writeTable(rows: Rows, as: Form): Promise<string> {
  if (as === 'markdown') return toMarkdown(rows);
  if (as === 'json') return toJson(rows);
  const { default: papa } = await import('papaparse');
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
function toJson([head = [], ...rows]: Rows): string {
  const names = head.map((name, index) =>
    name === '' || head.indexOf(name) < index ? `${name} ${index + 1}`.trim() : name,
  );
  const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
  return JSON.stringify(objects, null, 2);
}
