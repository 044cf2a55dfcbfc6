import type { FileLayout } from '../gguf/layout.ts';
import { aligned, bytesOf, type TensorInfo } from '../gguf/tensors.ts';
import { formats } from './decode-blocks.ts';
import { blockItems, elementType } from './encode-iq4-nl.ts';

/** A tensor of the copy: taken over as it is, or stored anew. */
export interface PlannedTensor {
  readonly source: TensorInfo;
  readonly type: number;
  readonly offset: number;
  readonly bytes: number;
}

export interface CopyPlan {
  readonly tensors: readonly PlannedTensor[];
  /** Size of the tensor data of the copy, in bytes. */
  readonly bytes: number;
  /** How much of the model's arithmetic is with weights that are stored anew, from 0 to 1. */
  readonly gainingShare: number;
}

/**
 * What x86 processors multiply one column at a time, by element type: Q4_1, Q5_0, Q5_1, Q8_0, Q5_K and Q6_K. Eight tokens
 * of these cost nearly eight times one. ggml packs Q2_K, Q4_0, Q4_K, IQ4_NL and MXFP4 for batches.
 */
const unpacked = new Set([3, 6, 7, 8, 13, 14]);
/** Q4_K is packed, yet slower to read than IQ4_NL; it pays in the feed-forward layers, most of all reading. */
const slowlyPacked = 12;
const feedForward = /^blk\.\d+\.ffn_/;
/** Weights that are multiplied with; an embedding is only looked up, unless it is the output as well. */
const multiplied = /^(?:blk\.\d+\.(?:attn|ffn)_.*|output)\.weight$/;
const sharedOutput = 'token_embd.weight';

/** Which weights of a model are stored anew as IQ4_NL, and where everything lies in the copy. */
export function planCopy({ tensors, alignment }: FileLayout): CopyPlan {
  const hasOutput = tensors.some(({ name }) => name === 'output.weight');
  const counts = { all: 0, anew: 0 };
  let end = 0;
  const planned = tensors.map((source): PlannedTensor => {
    const counted = multiplied.test(source.name) || (source.name === sharedOutput && !hasOutput);
    const anew = counted && isStoredAnew(source);
    const items = source.shape.reduce((product, length) => product * length, 1);
    if (counted && source.shape.length > 1) counts.all += items;
    if (anew) counts.anew += items;
    const type = anew ? elementType : source.type;
    const bytes = bytesOf(type, items);
    const offset = end;
    end = aligned(offset + bytes, alignment);
    return { source, type, offset, bytes };
  });
  return { tensors: planned, bytes: end, gainingShare: counts.all === 0 ? 0 : counts.anew / counts.all };
}

function isStoredAnew({ name, type, shape }: TensorInfo): boolean {
  const [width = 0] = shape;
  const items = formats[type]?.items;
  if (shape.length < 2 || items === undefined || width % Math.max(items, blockItems) !== 0) return false;
  return unpacked.has(type) || (type === slowlyPacked && feedForward.test(name));
}
