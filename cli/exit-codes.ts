import type { AppErrorShape } from '../contract/errors.ts';

/** Exit codes of the cli, as `beckon --help` names them; `closed` is what a shell gives for SIGPIPE. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noModel: 3, stopped: 130, closed: 141 } as const;

/** What a command ends with for an error, however it was met and in whatever form it is told. */
export function exitCodeOf({ code }: Pick<AppErrorShape, 'code'>): number {
  return code.startsWith('model/') ? exitCodes.noModel : exitCodes.failed;
}
