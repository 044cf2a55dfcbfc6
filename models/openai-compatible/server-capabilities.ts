import { type ModelCapabilities, notBuilt } from '../language-model.ts';

/** What a model behind an address can do: what the protocol has, or what it is asked for in words. */
export const serverCapabilities: ModelCapabilities = {
  ...notBuilt,
  warm: false,
  prefill: false,
  continue: true,
  drafts: false,
  takesBack: true,
  contextTokens: null,
  // A server of one's own has one processor, and most take one question after another.
  atOnce: 1,
  listGains: false,
};
