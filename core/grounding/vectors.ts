/** The sum of products; of vectors of length 1 their cosine. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let index = 0; index < mean.length; index += 1)
      mean[index] = (mean[index] ?? 0) + (vector[index] ?? 0) / vectors.length;
  return mean;
}

/** A vector without what it has in common with all others, at length 1 again. */
export function centred(vector: Float32Array, centre: Float32Array): Float32Array {
  const moved = vector.map((value, index) => value - (centre[index] ?? 0));
  const length = Math.sqrt(cosine(moved, moved));
  return length > 0 ? moved.map((value) => value / length) : moved;
}

/** The middle of two vectors. */
export function blend(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((value, index) => (value + (other[index] ?? value)) / 2);
}
