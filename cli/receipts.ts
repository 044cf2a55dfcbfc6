import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { LogReport } from '../contract/receipt-log.ts';
import { linksOfFile, readLog } from '../core/receipts/verify-log.ts';
import { sayLogFault } from '../locales/say-log-fault.ts';
import { exitCodes } from './exit-codes.ts';
import { otelLine } from './otel-line.ts';
import { receiptLines } from './receipt-lines.ts';
import type { CommandInput } from './run-cli.ts';

const most = 50;
/** Lines of one request; an export asks until there are no more. */
const linesAtOnce = 500;
const largestFileBytes = 500_000_000;

/** `beckon receipts`: what models were asked, the newest first; `verify` checks the log, `export` prints it. */
export async function receipts(input: CommandInput): Promise<number> {
  if (input.part === 'verify') return verify(input);
  if (input.part === 'export') return write(input);
  return list(input);
}

async function list({ session, terminal, words, json }: CommandInput): Promise<number> {
  const rows = await session.keep(() => session.client.call('receipts.list', { limit: most + 1 }));
  const shown = rows.slice(0, most);
  if (json) terminal.json(shown);
  else if (shown.length === 0) terminal.line(words.sayIn('usage', 'receipts.none'));
  else for (const line of receiptLines(shown, words, terminal.columns)) terminal.line(line);
  if (rows.length > most) terminal.note(words.sayIn('usage', 'receipts.more', { most }));
  return exitCodes.done;
}

async function verify(input: CommandInput): Promise<number> {
  const { session, terminal, words, json, args } = input;
  const [path] = args;
  const report =
    path === undefined ? await session.keep(() => session.client.call('receipts.verify', {})) : ofFile(path);
  if (json) terminal.json(report);
  const { lines, entries, head, fault, mended = 0 } = report;
  if (fault !== null) {
    const said = sayLogFault(fault, (key, values) => words.sayIn('usage', key, values), words.language);
    terminal.note(words.join(said));
    return exitCodes.failed;
  }
  if (!json) {
    terminal.line(words.sayIn('usage', head === null ? 'receipts.none' : 'receipts.unbroken', { lines, entries }));
    if (mended > 0) terminal.line(words.sayIn('usage', 'receipts.mended', { count: mended }));
    if (head !== null) terminal.line(words.sayIn('usage', 'receipts.head', { head }));
  }
  return exitCodes.done;
}

function ofFile(path: string): LogReport {
  try {
    if (statSync(path).size > largestFileBytes) throw new Error('too large');
    const { rows: _, ...report } = readLog(linksOfFile(readFileSync(path, 'utf8')));
    return report;
  } catch (error) {
    throw new AppError('file/not-found', String(error), { values: { file: basename(path) } }, error);
  }
}

/** Lines as they are kept, each with its hash; or, with `--otel`, what each call was by the names of OpenTelemetry. */
async function write({ session, terminal, otel }: CommandInput): Promise<number> {
  if (otel) return writeCalls({ session, terminal });
  for (let from: number | null = 1; from !== null; ) {
    const start: number = from;
    const page = await session.keep(() => session.client.call('receipts.lines', { from: start, most: linesAtOnce }));
    for (const line of page.lines) terminal.rawAnswer(`${line}\n`);
    from = page.next;
  }
  return exitCodes.done;
}

/** A line a call, the newest first. A call that comes meanwhile moves the others on, and each is told once. */
async function writeCalls({ session, terminal }: Pick<CommandInput, 'session' | 'terminal'>): Promise<number> {
  const told = new Set<string>();
  for (let skip = 0; ; skip += linesAtOnce) {
    const rows = await session.keep(() => session.client.call('receipts.list', { limit: linesAtOnce, skip }));
    for (const row of rows) if (!told.has(row.id)) terminal.rawAnswer(`${JSON.stringify(otelLine(row))}\n`);
    for (const { id } of rows) told.add(id);
    if (rows.length < linesAtOnce) return exitCodes.done;
  }
}
