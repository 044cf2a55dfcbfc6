/** Exit codes of the cli, as `beckon --help` names them. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noModel: 3, stopped: 130 } as const;
