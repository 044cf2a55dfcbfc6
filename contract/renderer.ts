import { coreContract } from './core.ts';
import { type Contract, openToPages } from './define.ts';
import { shellContract } from './shell.ts';

/**
 * Everything the renderer can ask for: what its contract opens to pages, and nothing else. This table is the security review:
 * no path, no key out, no process, and no way to less protection that the person does not agree to.
 */
export const rendererContract = {
  requests: openToPages({ ...coreContract.requests, ...shellContract.requests }),
  streams: openToPages({ ...coreContract.streams, ...shellContract.streams }),
  states: openToPages({ ...coreContract.states, ...shellContract.states }),
} as const satisfies Contract;

export type RendererContract = typeof rendererContract;

/** The requests that the person agrees to first. */
export type AskedRequest = {
  [Name in keyof RendererContract['requests']]: RendererContract['requests'][Name]['pages'] extends 'asks'
    ? Name
    : never;
}[keyof RendererContract['requests']];
