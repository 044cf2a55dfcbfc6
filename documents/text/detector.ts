/** What a text's bytes are likely to be; the label is one that `TextDecoder` knows. */
export interface Detected {
  readonly label: string;
  /** From 0 to 1: how much likelier than other encodings. */
  readonly confidence: number;
}

export type Detector = (bytes: Buffer) => Detected | null;

/** Names of the library that `TextDecoder` has under others (WHATWG Encoding, 4.2). */
const labels: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp874: 'windows-874',
  'utf-16-le': 'utf-16le',
  'utf-16-be': 'utf-16be',
  maccyrillic: 'x-mac-cyrillic',
};

/** The library that knows the languages of the world by their bytes; loaded for a text that needs it. */
export async function loadDetector(): Promise<Detector> {
  const { detect } = await import('jschardet');
  return (bytes) => {
    const { encoding, confidence } = detect(bytes);
    if (typeof encoding !== 'string') return null;
    const name = encoding.toLowerCase();
    try {
      return { label: new TextDecoder(labels[name] ?? name).encoding, confidence };
    } catch {
      // It is one of computers that no file comes from any more.
      return null;
    }
  };
}
