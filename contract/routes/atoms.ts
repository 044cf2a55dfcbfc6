import { atomsStateSchema } from '../atom.ts';
import { type Contract, state } from '../define.ts';

/** The actions on text, Beckon's own and the person's. */
export const atomsRoutes = {
  requests: {},
  streams: {},
  states: {
    atoms: state(atomsStateSchema, 'free', { atoms: [], broken: [] }),
  },
} as const satisfies Contract;
