/** Exit codes of the cli, as `beckon --help` names them; `closed` is what a shell gives for SIGPIPE. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noModel: 3, stopped: 130, closed: 141 } as const;
