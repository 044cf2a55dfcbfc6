import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { node24, root } from './places.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const report = join(root, 'out', 'test-report.json');

/** More files than these fail by one cause, which a second run would only show again; these take ten minutes at most. */
const mostRunAgain = 8;
/** How many of the files that took longest are told. */
const mostTold = 12;

/**
 * Runs vitest projects and answers how many tests passed, failed and were skipped, with what became of each file. Options are
 * vitest's own.
 */
export async function runVitest(projects, filters, env = {}, options = []) {
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
  const code = await run(node24, args, { cwd: root, env: { ...process.env, ...env } });
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

/**
 * Runs tests that start real programs, which another program on the machine can keep from answering: the few files that failed
 * run once more with nothing beside them, and are named when they pass then. A fault fails both times.
 */
export async function runTwiceAtMost(projects, filters, env) {
  const first = await runVitest(projects, filters, env);
  tellLongest(first.files);
  const again = first.files.filter(({ hasFailed }) => hasFailed);
  if (again.length === 0 || again.length > mostRunAgain) return first;
  say(`${again.length} of the files failed; they run once more, with nothing beside them.`);
  const names = again.map(({ name }) => name);
  const second = await runVitest(projects, names, env, ['--no-file-parallelism']);
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
