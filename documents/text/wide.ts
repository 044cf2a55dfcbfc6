/** Bytes by which it is told. */
const lookedAt = 8192;
/** Characters that a text is made of. Letters of some script are 73 % of all values of 16 bits, so that chance gives fewer. */
const usual = /[\t\n\r\f -~\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/gu;
const leastUsual = 0.97;
/** Signs of every script's texts that have a NUL byte in UTF-16: without any, it is some other text. */
const telling = /[\n\r ,.0-9]/;

/**
 * UTF-16 without a mark, as PowerShell and some exports write it; null for anything else. Random bytes are hardly ever letters
 * of a few scripts, and bytes of other texts hold no NUL.
 */
export function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const head = bytes.subarray(0, Math.min(lookedAt, bytes.length & ~1));
  if (head.length < 4 || !head.includes(0)) return null;
  const [little, big] = [shareOfUsual(head, 'utf-16le'), shareOfUsual(head, 'utf-16be')];
  if (Math.max(little, big) < leastUsual) return null;
  return little >= big ? 'utf-16le' : 'utf-16be';
}

function shareOfUsual(head: Buffer, encoding: string): number {
  // A character that is cut at the end counts not.
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  if (text.length === 0 || !telling.test(text) || text.includes('\0')) return 0;
  return (text.match(usual)?.length ?? 0) / [...text].length;
}
