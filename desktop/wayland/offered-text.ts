import type { ClipboardDescription, PortAnswer } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { decodeSelection } from '../selection-text.ts';
import type { Offer, SelectionName } from './data-control.ts';
import { contentOf, textTypeOf } from './offered-types.ts';

/** The bytes of a selection as one of its types. Throws `capture/…`. */
export type ReadBytes = (name: SelectionName, type: string) => Promise<Buffer>;

/** What a selection offers as text. Throws `capture/…`; `capture/not-text` where it offers none. */
export async function readOffered(name: SelectionName, offer: Offer, read: ReadBytes): Promise<string> {
  const type = textTypeOf(offer.types);
  if (type === null) throw notText(name, offer.types.join(', '));
  const bytes = await read(name, type);
  return decodeSelection(bytes, type === 'STRING' ? 'latin1' : 'utf8').replaceAll('\uFFFC', '');
}

/** `offer`: throws where the clipboard cannot be seen; null when nothing is in it. */
export async function describeClipboard(offer: () => Promise<Offer | null>): Promise<PortAnswer<ClipboardDescription>> {
  try {
    const offered = await offer();
    if (offered === null) return { status: 'nothing', cause: null };
    const ageMs = offered.setAt === null ? null : Date.now() - offered.setAt;
    return { status: 'available', value: { content: contentOf(offered.types), ageMs } };
  } catch (error) {
    return { status: 'unsupported', cause: toErrorShape(error) };
  }
}

/** `offer` as in `describeClipboard`. */
export async function readClipboard(offer: () => Promise<Offer | null>, read: ReadBytes): Promise<PortAnswer<string>> {
  try {
    const offered = await offer();
    if (offered === null) return { status: 'nothing', cause: null };
    const content = contentOf(offered.types);
    if (content === 'secret') throw new AppError('capture/clipboard-secret', 'marked as a secret by its owner');
    if (content !== 'text' && content !== 'rich-text') throw notText('clipboard', content);
    return { status: 'available', value: await readOffered('clipboard', offered, read) };
  } catch (error) {
    return { status: 'denied', cause: toErrorShape(error) };
  }
}

function notText(name: SelectionName, content: string): AppError {
  return new AppError('capture/not-text', `the ${name} holds no text but ${content}`);
}
