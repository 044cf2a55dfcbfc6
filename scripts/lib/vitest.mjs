import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { node24, root } from './places.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** More files than these fail by one cause, which a second run would only show again. */
const mostRunAgain = 4;
/** How many of the files that took longest are told. */
const mostTold = 12;

/**
 * Runs vitest projects and answers how many tests passed, failed and were skipped, with what became of each file. Options are
 * vitest's own. A `lane` is the name of one of several runs at a time, and stands before each line of it.
 */
export async function runVitest(projects, filters, env = {}, { options = [], lane = null } = {}) {
  const report = join(root, 'out', lane === null ? 'test-report.json' : `test-report-${lane}.json`);
  mkdirSync(join(root, 'out'), { recursive: true });
  rmSync(report, { force: true });
  const args = [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...filters,
    ...options,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const colours = lane !== null && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const onLine = lane === null ? {} : { onLine: (line) => process.stdout.write(`[${lane}] ${line}\n`) };
  const code = await run(node24, args, { cwd: root, env: { ...process.env, ...colours, ...env }, ...onLine });
  const counts = { passed: 0, failed: 0, skipped: 0, files: [] };
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts.passed = numPassedTests;
    counts.failed = numFailedTests;
    counts.skipped = numPendingTests + numTodoTests;
    counts.files = testResults.map(fileOf);
    if (!success && counts.failed === 0) counts.failed = 1;
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function fileOf({ name, status, startTime, endTime, assertionResults }) {
  const passed = assertionResults.filter((one) => one.status === 'passed').length;
  return { name, passed, hasFailed: status === 'failed', seconds: (endTime - startTime) / 1000 };
}

/** Runs lanes of projects at the same time, and answers what came of all of them together. */
async function runLanes(lanes, filters, env) {
  const names = Object.keys(lanes);
  const all = await Promise.all(
    names.map((name) => runVitest(lanes[name], filters, env, { lane: names.length === 1 ? null : name })),
  );
  return all.reduce(sum);
}

function sum(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    files: [...one.files, ...other.files],
  };
}

/**
 * Runs tests that start real programs, which another program on the machine can keep from answering: the few files that failed
 * run once more with nothing beside them, and are named when they pass then. A fault fails both times. Of `rounds`, each has
 * the lanes of projects that run at the same time.
 */
export async function runTwiceAtMost(rounds, filters, env) {
  let first = { passed: 0, failed: 0, skipped: 0, files: [] };
  for (const lanes of rounds) first = sum(first, await runLanes(lanes, filters, env));
  tellLongest(first.files);
  const again = first.files.filter(({ hasFailed }) => hasFailed);
  if (again.length === 0 || again.length > mostRunAgain) return first;
  say(`${again.length} of the files failed; they run once more, with nothing beside them.`);
  const projects = rounds.flatMap((lanes) => Object.values(lanes).flat());
  const names = again.map(({ name }) => name);
  const second = await runVitest(projects, names, env, { options: ['--no-file-parallelism'] });
  const stillFail = new Set(second.files.filter(({ hasFailed }) => hasFailed).map(({ name }) => name));
  for (const file of names) {
    if (!stillFail.has(file)) say(`FAILED FIRST, passed when run again: ${relative(root, file)}`);
  }
  const before = again.reduce((passed, file) => passed + file.passed, 0);
  return { ...second, passed: first.passed - before + second.passed, skipped: first.skipped };
}

/** Says which files took longest, since that is where the time of a whole run goes. */
function tellLongest(files) {
  const longest = files.toSorted((one, other) => other.seconds - one.seconds).slice(0, mostTold);
  if (files.length <= mostTold) return;
  const told = longest.map(({ name, seconds }) => `  ${seconds.toFixed(0).padStart(4)} s  ${relative(root, name)}`);
  say(['These files took longest:', ...told].join('\n'));
}
