import { cleanName } from './clean-name.ts';
import { type FileLayout, numberOf, unsupported } from './layout.ts';

/** A number that a file may only give within bounds, and only matters where some tensor is computed with it. */
interface Bound {
  readonly key: string;
  readonly least: number;
  readonly most: number;
  /** Tensors whose computing divides by it or walks over it; every file when left out. */
  readonly usedBy?: RegExp;
}

const bounds: readonly Bound[] = [
  { key: 'embedding_length', least: 1, most: 2 ** 20 },
  { key: 'feed_forward_length', least: 1, most: 2 ** 24, usedBy: /\.ffn_(?:up|gate|down)\.weight$/ },
  { key: 'attention.head_count', least: 1, most: 2 ** 16, usedBy: /\.attn_(?:q|qkv|q_a)\.weight$/ },
  { key: 'attention.head_count_kv', least: 1, most: 2 ** 16, usedBy: /\.attn_k\.weight$/ },
  { key: 'attention.key_length', least: 1, most: 2 ** 16, usedBy: /\.attn_k\.weight$/ },
  { key: 'attention.value_length', least: 1, most: 2 ** 16, usedBy: /\.attn_v\.weight$/ },
  { key: 'rope.dimension_count', least: 0, most: 2 ** 16 },
  { key: 'expert_count', least: 0, most: 4096 },
  { key: 'expert_used_count', least: 0, most: 4096 },
  { key: 'rope.freq_base', least: Number.MIN_VALUE, most: 1e30 },
  { key: 'attention.layer_norm_rms_epsilon', least: 0, most: 1 },
  { key: 'attention.layer_norm_epsilon', least: 0, most: 1 },
];

/**
 * Refuses numbers that no model can have, before native code divides by them or ends on them: none for what the file's own
 * tensors are computed with, more than there can be, and what is no number at all. Throws `model/unsupported`.
 */
export function requirePlausible(
  architecture: string,
  values: FileLayout['values'],
  tensors: FileLayout['tensors'],
): void {
  for (const [key, value] of values)
    if (key.startsWith(`${architecture}.`) && typeof value === 'number' && !Number.isFinite(value))
      throw unsupported(cleanName(key.slice(architecture.length + 1, 80)) ?? 'number');
  for (const { key, least, most, usedBy } of bounds) {
    const value = numberOf(values, `${architecture}.${key}`);
    if (value === null || (value >= least && value <= most)) continue;
    if (usedBy === undefined || value > most || tensors.some(({ name }) => usedBy.test(name))) throw unsupported(key);
  }
  requireFewer(architecture, values);
}

function requireFewer(architecture: string, values: FileLayout['values']): void {
  const of = (key: string) => numberOf(values, `${architecture}.${key}`);
  const [heads, keyValueHeads] = [of('attention.head_count'), of('attention.head_count_kv')];
  if (heads !== null && keyValueHeads !== null && keyValueHeads > Math.max(heads, 1))
    throw unsupported('attention.head_count_kv');
  const [experts, used] = [of('expert_count'), of('expert_used_count')];
  if (experts !== null && used !== null && used > Math.max(experts, 0)) throw unsupported('expert_used_count');
}
