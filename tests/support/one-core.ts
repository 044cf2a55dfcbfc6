import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Loaded by vitest before each file of those that run two at once with an engine. An engine takes a thread for each core that
// it may use, and threads of two of them wait for each other: on a core of its own each has one.
const told = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
const cores = told.split(',').flatMap((range) => {
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
});
const core = cores[Number(process.env['VITEST_POOL_ID'] ?? 1) % cores.length] ?? 0;
execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(process.pid)]);
