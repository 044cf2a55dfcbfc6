import { createHash } from 'node:crypto';
import type { GenerateInput } from '../../contract/engine.ts';
import type { Destination } from './destination.ts';

/** What a person agrees to: every byte of the prompt as it leaves, who gets it, and which model of theirs. */
export function hashOf(input: GenerateInput, { origin, modelId, serverId }: Destination): string {
  return createHash('sha256')
    .update(JSON.stringify([origin, serverId, modelId, input]))
    .digest('hex');
}
