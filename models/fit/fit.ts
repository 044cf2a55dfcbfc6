import type { ModelFit, ModelPurpose } from '../../contract/model.ts';
import {
  chooseContextTokens,
  embeddingNeededBytes,
  neededBytes,
  preferredContextTokens,
  smallestContextTokens,
} from './memory.ts';

/** Memory of a machine, in bytes. */
export interface Memory {
  readonly totalBytes: number;
  readonly freeBytes: number;
}

export interface Fit {
  readonly fit: ModelFit;
  /** What it needs with the context window it would get (or the smallest, when none fits). */
  readonly needBytes: number;
  /** That context window; null where none fits, and of an embedding model. */
  readonly tokens: number | null;
}

/** Beside a model there must be room for what the person is doing. */
const shareOfTotal = 0.7;

export interface ModelSize {
  readonly purpose: ModelPurpose;
  readonly bytes: number;
  readonly cacheBytesPerToken: number | null;
  readonly contextTokens: number;
}

/** How a model fits: `well` with its preferred context, `tight` with a smaller one or little left over, `no` otherwise. */
export function fitOf(size: ModelSize, memory: Memory): Fit {
  const { bytes, cacheBytesPerToken, contextTokens } = size;
  if (size.purpose === 'embedding') {
    const needBytes = embeddingNeededBytes(bytes, cacheBytesPerToken);
    if (needBytes > memory.freeBytes) return { fit: 'no', needBytes, tokens: null };
    return { fit: needBytes <= memory.totalBytes * shareOfTotal ? 'well' : 'tight', needBytes, tokens: null };
  }
  const tokens = chooseContextTokens({
    trainedTokens: contextTokens,
    cacheBytesPerToken,
    fileBytes: bytes,
    freeBytes: memory.freeBytes,
  });
  const needBytes = neededBytes(bytes, cacheBytesPerToken, tokens ?? smallestContextTokens);
  if (tokens === null) return { fit: 'no', needBytes, tokens };
  const roomy =
    needBytes <= memory.totalBytes * shareOfTotal && tokens >= Math.min(contextTokens, preferredContextTokens);
  return { fit: roomy ? 'well' : 'tight', needBytes, tokens };
}
