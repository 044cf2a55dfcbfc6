/** What the choice of a context window depends on; sizes in bytes. */
export interface ContextSizeInput {
  readonly trainedTokens: number;
  /** Key-value cache of one token at 16 bit; null when the header did not tell. */
  readonly cacheBytesPerToken: number | null;
  readonly fileBytes: number;
  readonly freeBytes: number;
}

/** Enough for long chats and articles, and quick to fill on a processor without a graphics card. */
export const preferredContextTokens = 8192;
export const smallestContextTokens = 1024;
/** Compute buffers, tokenizer and the runtime itself; at the peak of work on a long text 195 to 265 MiB of them were seen. */
export const engineOverheadBytes = 300 * 1024 * 1024;
const assumedCacheBytesPerToken = 64 * 1024;

/** Memory that a model needs with a context window of so many tokens, in bytes. */
export function neededBytes(fileBytes: number, cacheBytesPerToken: number | null, contextTokens: number): number {
  return fileBytes + (cacheBytesPerToken ?? assumedCacheBytesPerToken) * contextTokens + engineOverheadBytes;
}

/** A sentence is cut to this many tokens before it is compared; few are longer. */
export const embeddingContextTokens = 512;
/** Buffers, runtime, and a vocabulary of 250,000 pieces: measured on multilingual-e5-small. */
export const embeddingOverheadBytes = 480 * 1024 * 1024;

/** Memory that an embedding model needs, in bytes. */
export function embeddingNeededBytes(fileBytes: number, cacheBytesPerToken: number | null): number {
  return fileBytes + (cacheBytesPerToken ?? 0) * embeddingContextTokens + embeddingOverheadBytes;
}

/** The largest context window up to 8,192 tokens that memory allows; null when not even the smallest fits. */
export function chooseContextTokens(input: ContextSizeInput): number | null {
  const { trainedTokens, cacheBytesPerToken, fileBytes, freeBytes } = input;
  let tokens = Math.min(trainedTokens, preferredContextTokens);
  const least = Math.min(trainedTokens, smallestContextTokens);
  while (tokens > least && neededBytes(fileBytes, cacheBytesPerToken, tokens) > freeBytes)
    tokens = Math.floor(tokens / 2);
  tokens = Math.max(tokens, least);
  return neededBytes(fileBytes, cacheBytesPerToken, tokens) <= freeBytes ? tokens : null;
}
