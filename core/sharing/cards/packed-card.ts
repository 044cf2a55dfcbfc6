import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Card, cardLimitBytes, cardMark } from '../../../contract/card.ts';
import { AppError } from '../../../contract/errors.ts';
import { fromBase45, toBase45 } from './base45.ts';

/** What most cards say, so that a code needs not say it again. It belongs to version 1 of the format and never changes. */
const usual = Buffer.from(
  '"shared":{"signature":"","examples":[{"input":"","language":"en","language":"zh-CN","numbers":"kept","has":[""],"is":""}],' +
    '"sampling":{"temperature":0.3},"maxTokens":"diff":true,"grounded":true,"permissions":{"model":"here","write":"nothing"},' +
    '"steps":[{"do":"extract","what":"numbers"},{"do":"sort","by":"number","order":"down"},{"do":"join","with":", "},' +
    '{"do":"split","at":"lines"},{"do":"unique"},{"do":"clean","what":["marks","wraps","spaces","blank-lines"]},' +
    '{"do":"replace","find":"","with":""},{"do":"read-table"},{"do":"write-table","as":"markdown"},{"do":"template","text":' +
    '{"do":"prompt","prompt":{"en":"the text above. Write only the , nothing else.","zh-CN":"把上面的文字。只写，不要写别的。"},"each":true' +
    '"input":"selection","output":"replace","output":"show","icon":"sparkles","hint":{"en":"","zh-CN":""},"family":' +
    '{"card":1,"by":{"name":"","key":""},"atom":{"id":"","name":{"en":"","zh-CN":""},"hash":""},"words":"","receipt":null,' +
    '"model":"Qwen2.5 1.5B Instruct","host":null,"at":17,"pixels":null,"signature":"","file":{"atom":1,"atom":2,"id":"","said":null}',
);

/** A card as text of few characters, for a QR code and for pasting. */
export function packCard(card: Card): string {
  const packed = deflateRawSync(JSON.stringify(shortened(card)), { level: 9, dictionary: usual });
  return cardMark + toBase45(packed);
}

/** What such a text says, not believed. Throws `card/damaged`. */
export function unpackCard(text: string, fileName: string): unknown {
  const bytes = fromBase45(text.slice(cardMark.length));
  try {
    if (bytes === null) throw new Error('not of those characters');
    const json = inflateRawSync(bytes, { dictionary: usual, maxOutputLength: cardLimitBytes }).toString('utf8');
    return restored(JSON.parse(json));
  } catch (error) {
    throw new AppError('card/damaged', String(error), { values: { file: fileName } }, error);
  }
}

/** What an action says of who signed it is said by the card already, where that is the same person. */
function shortened({ file, ...card }: Card): object {
  const shared = file?.['shared'] as { readonly [name: string]: unknown } | undefined;
  const isSame =
    JSON.stringify(shared?.['by']) === JSON.stringify(card.by) &&
    shared?.['hash'] === card.atom?.hash &&
    shared?.['from'] === undefined;
  return { ...card, file: isSame ? { ...file, shared: { signature: shared?.['signature'] } } : file };
}

function restored(card: unknown): unknown {
  const { by, atom, file } = (card ?? {}) as { readonly [name: string]: { readonly [name: string]: unknown } | null };
  const shared = file?.['shared'] as { readonly [name: string]: unknown } | undefined;
  if (shared === undefined || shared === null || 'by' in shared) return card;
  return {
    ...(card as object),
    file: { ...file, shared: { by, hash: atom?.['hash'], signature: shared['signature'] } },
  };
}
