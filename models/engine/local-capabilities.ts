import { preferredContextTokens } from '../fit/memory.ts';
import { type ModelCapabilities, notBuilt } from '../language-model.ts';

/** What a model file can do in the engine, before it is loaded. */
export const localCapabilities: ModelCapabilities = {
  ...notBuilt,
  jsonSchema: true,
  warm: true,
  prefill: true,
  continue: true,
  // A model whose state cannot be taken back token by token writes without them.
  drafts: null,
  takesBack: false,
  contextTokens: preferredContextTokens,
  // Calls wait for each other; sequences of one list do not.
  atOnce: 1,
  listGains: true,
};
