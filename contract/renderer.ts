import { coreContract } from './core.ts';
import type { Contract } from './define.ts';
import { shellContract } from './shell.ts';

const { 'core.handOver': _handOver, ...coreRequests } = coreContract.requests;

/** Everything the renderer can ask for. This table is the security review: no path, no key out, no process. */
export const rendererContract = {
  requests: { ...coreRequests, ...shellContract.requests },
  streams: coreContract.streams,
  states: { ...coreContract.states, ...shellContract.states },
} as const satisfies Contract;

export type RendererContract = typeof rendererContract;
