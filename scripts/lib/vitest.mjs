import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { node24, root } from './places.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const report = join(root, 'out', 'test-report.json');

/** More files than these fail by one cause, which a second run would only show again. */
const mostRunAgain = 4;

/**
 * Runs vitest projects and answers how many tests passed, failed and were skipped, with the files that failed. Options are
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
  const counts = { passed: 0, failed: 0, skipped: 0, failedFiles: [] };
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts.passed = numPassedTests;
    counts.failed = numFailedTests;
    counts.skipped = numPendingTests + numTodoTests;
    counts.failedFiles = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
    if (!success && counts.failed === 0) counts.failed = 1;
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/**
 * The same for tests that start real programs, which another program on the machine can keep from answering: the few files that
 * failed run once more with nothing beside them, and are named when they pass then. A fault fails both times.
 */
export async function runTwiceAtMost(projects, filters, env) {
  const first = await runVitest(projects, filters, env);
  const { failedFiles } = first;
  if (failedFiles.length === 0 || failedFiles.length > mostRunAgain) return first;
  const before = passedIn(failedFiles);
  say(`${failedFiles.length} of the files failed; they run once more, with nothing beside them.`);
  const second = await runVitest(projects, failedFiles, env, ['--no-file-parallelism']);
  const stillFail = new Set(second.failedFiles);
  for (const file of failedFiles) {
    if (!stillFail.has(file)) say(`FAILED FIRST, passed when run again: ${relative(root, file)}`);
  }
  return { ...second, passed: first.passed - before + second.passed };
}

/** How many cases of these files have passed, by the last report. */
function passedIn(files) {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults
    .filter(({ name }) => files.includes(name))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed').length;
}
