import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import { ReadCache } from '../../core/files/read-cache.ts';
import { type ReadFile, readFile } from '../../core/files/read-file.ts';
import { processorMs } from '../../process/measure.ts';
import { cacheFolder, checkout, nodeExecutable } from '../../tests/support/beckon-app.ts';
import { goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { longPdf, longText, longWorkbook } from '../tools/long-documents.ts';
import { waitQuiet } from '../tools/machine.ts';
import type { Area } from './area.ts';

/** How often each document is read at most: a reading takes some seconds. */
const mostRuns = 5;
const mebibyte = 1024 * 1024;
/** What people read DOCX by in JavaScript; it is no dependency, and lies in the cache of tests. */
const mammoth = 'mammoth@1.13.0';

interface Sample {
  /** Milliseconds of the processor, in all processes that had a part in it: other work changes these less than the clock. */
  readonly processor: number;
  readonly ms: number;
  readonly peak: number;
}

/**
 * P16, P17 and P21: long documents from opening the file to the whole text with its places, in the process that reads them,
 * against the library alone in a process of its own; what the processor of core does meanwhile, and the second opening.
 */
export const measureDocuments: Area = async ({ runs, say }) => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-bench-documents-'));
  try {
    const files = { pdf: longPdf(263), xlsx: longWorkbook(100_000), docx: longText(300) } as const;
    const measured: Measured[] = [];
    for (const kind of ['pdf', 'xlsx', 'docx'] as const) {
      const path = join(folder, `long.${kind}`);
      writeFileSync(path, files[kind]);
      measured.push(...(await measureKind(kind, path, Math.min(runs, mostRuns))));
      say(`documents: ${kind}`);
    }
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const figures = {
  pdf: { time: goals.readPdf, memory: goals.readPdfMemory, library: 'pdf.js 6.5' },
  xlsx: { time: goals.readXlsx, memory: goals.readXlsxMemory, library: 'SheetJS 0.20.3' },
  docx: { time: goals.readDocx, memory: goals.readDocxMemory, library: 'mammoth 1.13.0' },
} as const;

async function measureKind(kind: keyof typeof figures, path: string, runs: number): Promise<readonly Measured[]> {
  const [own, direct, again, stops]: [Sample[], Sample[], number[], number[]] = [[], [], [], []];
  let noisyRuns = 0;
  for (let run = 0; run < runs; run += 1) {
    if (!(await waitQuiet())) noisyRuns += 1;
    direct.push(await readDirectly(kind, path));
    const cache = new ReadCache();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    own.push(await readHere(path, cache));
    delay.disable();
    stops.push(delay.max / 1e6);
    again.push((await readHere(path, cache)).ms);
    cache.dispose();
  }
  const { time, memory, library } = figures[kind];
  const subject = library;
  const of = (samples: readonly Sample[], what: keyof Sample, unit = 1) => samples.map((sample) => sample[what] / unit);
  const floors = of(direct, 'processor');
  return [
    judge(time, { values: of(own, 'processor'), floors, subject, noisyRuns }),
    judge(memory, { values: of(own, 'peak', mebibyte), floors: of(direct, 'peak', mebibyte), subject, noisyRuns }),
    judge(goals.readStops, { values: stops, floors: [0], subject: kind, noisyRuns }),
    judge(goals.readAgain, { values: again, floors: of(own, 'ms'), subject: kind, noisyRuns }),
  ];
}

/** The reader as it is shipped; from its sources Node would strip the types of a hundred files first. */
const reader = { node: nodeExecutable, entry: join(checkout, 'out', 'node', 'reader.mjs'), codeFolder: checkout };

/** Asks one file of the system for the processes that this one has started and that run, since what looking costs is counted too. */
function childIds(): readonly number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map(Number);
}

/** Reads a document as core does; the peak is that of its readers, which are looked at while they are there. */
async function readHere(path: string, cache: ReadCache): Promise<Sample> {
  let peak = 0;
  const worked = new Map<number, number>();
  const watch = setInterval(() => {
    for (const id of childIds()) {
      peak = Math.max(peak, peakOf(id));
      worked.set(id, processorMs(id) ?? worked.get(id) ?? 0);
    }
  }, 50);
  const before = process.cpuUsage();
  const since = performance.now();
  try {
    const read: ReadFile = await readFile(path, { ...reader, cache }, new AbortController().signal, () => {});
    if (read.extent.read < read.extent.total) throw new Error(`${path} was not read whole`);
    const ms = performance.now() - since;
    const { user, system } = process.cpuUsage(before);
    const readers = [...worked.values()].reduce((sum, each) => sum + each, 0);
    return { ms, peak, processor: readers + (user + system) / 1000 };
  } finally {
    clearInterval(watch);
  }
}

function peakOf(processId: number): number {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

interface Direct {
  readonly characters: number;
  readonly peak: number;
  readonly processorMs: number;
}

async function readDirectly(kind: keyof typeof figures, path: string): Promise<Sample> {
  const folder = kind === 'docx' ? requireMammoth() : '';
  const script = join(checkout, 'bench', 'tools', 'direct-document.ts');
  const since = performance.now();
  const child = spawn(nodeExecutable, [script, kind, path, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  (child.stdout as Readable).setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child, 'close');
  const ms = performance.now() - since;
  const { characters, peak, processorMs: processor } = JSON.parse(said) as Direct;
  if (characters === 0) throw new Error(`${kind}: the library read nothing`);
  return { ms, peak, processor };
}

function requireMammoth(): string {
  const folder = join(cacheFolder, 'bench');
  if (existsSync(join(folder, 'node_modules', 'mammoth'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const install = [
    'install',
    '--prefix',
    folder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--save-exact',
    mammoth,
  ];
  if (spawnSync('npm', install, { stdio: 'inherit' }).status !== 0) throw new Error(`${mammoth} could not be fetched`);
  return folder;
}
