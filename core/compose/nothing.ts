/** The answer of a request that is only done. */
export function nothing(_done: unknown): null {
  return null;
}
