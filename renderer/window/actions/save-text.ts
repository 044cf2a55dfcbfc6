import type { InputOf } from '../../../contract/define.ts';
import type { RendererContract } from '../../../contract/renderer.ts';
import type { WireClient } from '../../../wire/client.ts';
import { readDoc, textIn } from './doc.ts';

type Client = Pick<WireClient<RendererContract>, 'request'>;
type Saved = ReturnType<typeof saveOnce>;

/** Saves a text; what may do more than before is asked about in a window of main's, which shows the name that core knows it by. */
export async function saveText(client: Client, input: InputOf<RendererContract['requests']['atom.save']>): Saved {
  const first = await saveOnce(client, input);
  if (first.ok || first.error.code !== 'atom/asks-first') return first;
  return client.request('atom.saveAnyway', { ...input, name: textIn(readDoc(input.text)?.['name'], 'en') });
}

function saveOnce(client: Client, input: InputOf<RendererContract['requests']['atom.save']>) {
  return client.request('atom.save', input);
}
