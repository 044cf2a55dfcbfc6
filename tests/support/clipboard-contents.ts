import { createHash } from 'node:crypto';

export interface Content {
  readonly target: string;
  readonly type: string;
  readonly units: number;
  readonly data: Buffer;
}

/** Four formats of one clipboard; `text/html` is larger than any owner sends in one piece. */
export function clipboardContents(seed: number): readonly Content[] {
  const noise = (bytes: number) => {
    const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
      createHash('sha256').update(`${seed} ${index}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, bytes);
  };
  const text = Buffer.from(`What was there before, number ${seed}: 剪贴板原来的内容。`, 'utf8');
  return [
    { target: 'UTF8_STRING', type: 'UTF8_STRING', units: 8, data: text },
    { target: 'text/plain;charset=utf-8', type: 'text/plain;charset=utf-8', units: 8, data: text },
    { target: 'image/png', type: 'image/png', units: 8, data: noise(20_000) },
    { target: 'text/html', type: 'text/html', units: 8, data: noise(700_001) },
  ];
}
