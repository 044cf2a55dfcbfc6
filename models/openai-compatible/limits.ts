/**
 * Bounds of what is taken from a server, whatever it sends. None is met by a server that means well; each is there for one
 * that repeats itself without end, or means harm.
 */
export interface AnswerLimits {
  /**
   * Bounds one message, in characters (UTF-16 units): a word with the lists of its likelihood takes some 10,000, a long answer
   * that comes whole some 100,000.
   */
  readonly messageCharacters: number;
  /** Bounds all that comes for one question, in bytes: 100,000 tokens of thinking, each with some 300 around it, are 30 MB. */
  readonly bytes: number;
  /** Bounds the pieces that all that comes in, and the messages that are no part of the protocol. */
  readonly pieces: number;
  readonly strays: number;
  /** Bounds what is read of a refusal, in bytes: its reason stands at the beginning. */
  readonly refusalBytes: number;
  /** Longest time for the whole of a refusal, in milliseconds. */
  readonly refusalMs: number;
  /** Bounds the answer, in characters a token that was asked for: prose has 4 a token, the longest words of a tokenizer 16. */
  readonly charactersPerToken: number;
  /** Bounds what a model thinks before it answers, in characters: some 100,000 tokens. */
  readonly thinkingCharacters: number;
  /** How long to wait for counts of tokens once the end was said, in milliseconds. */
  readonly afterEndMs: number;
  /** Longest time to a word from the question or from the word before, whatever else keeps coming, and for one answer; in milliseconds. */
  readonly wordlessMs: number;
  readonly wholeMs: number;
}

export const answerLimits: AnswerLimits = {
  messageCharacters: 2_000_000,
  bytes: 50_000_000,
  pieces: 300_000,
  strays: 10_000,
  refusalBytes: 65_536,
  refusalMs: 5000,
  charactersPerToken: 16,
  thinkingCharacters: 400_000,
  afterEndMs: 2000,
  wordlessMs: 600_000,
  wholeMs: 7_200_000,
};

/** How long a server may be silent, in milliseconds: before its first byte, and between two. */
export interface Silence {
  readonly firstByteMs: number;
  readonly idleMs: number;
}

/**
 * A server at home may first have to read a model of 30 billion weights from a disk, or a long text on a processor, and
 * would do it anew for each further try. A remote one that is silent for a minute has lost the question.
 */
export const silence = {
  local: { firstByteMs: 600_000, idleMs: 120_000 },
  remote: { firstByteMs: 60_000, idleMs: 30_000 },
} as const satisfies Record<'local' | 'remote', Silence>;
