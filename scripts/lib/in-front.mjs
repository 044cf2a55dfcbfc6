import { spawnSync } from 'node:child_process';

/** Whether a process is in the group that its terminal sends Ctrl+C to. False where there is no terminal, or no telling. */
export function hasTerminalInFront(pid) {
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(pid)], { encoding: 'utf8' });
  if (status !== 0) return false;
  const [group, inFront] = stdout.trim().split(/\s+/);
  return group === inFront;
}
