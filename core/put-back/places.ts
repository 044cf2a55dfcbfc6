import { rememberedPlaces } from '../../contract/desktop.ts';
import type { PutBackState } from '../../contract/routes/put-back.ts';
import type { Attachment } from '../attachment.ts';

/** Where the text of a question was selected. */
export interface Place {
  readonly targetId: string;
  readonly editable: boolean;
  readonly takesRichText: boolean;
  readonly needsFocus: boolean;
  readonly application: string | null;
  /** White space at the ends of the selected text. */
  readonly edges: readonly [string, string];
}

/** Where each question's text came from; forgotten with the process, since the places are. */
export class Places {
  readonly #places = new Map<string, Place>();

  remember(questionId: string, attachments: readonly Attachment[]): void {
    const first = attachments.find(({ targetId }) => targetId !== null);
    if (first?.targetId == null) return;
    const { targetId, editable, takesRichText = false, needsFocus, application } = first;
    const edges = edgesOf(first.text);
    this.#places.set(questionId, { targetId, editable, takesRichText, needsFocus, application, edges });
    for (const old of [...this.#places.keys()].slice(0, -rememberedPlaces)) this.#places.delete(old);
  }

  has(questionId: string): boolean {
    return this.#places.has(questionId);
  }

  of(questionId: string): Place | null {
    return this.#places.get(questionId) ?? null;
  }

  get targets(): PutBackState['targets'] {
    return [...this.#places].map(([questionId, { editable, application }]) => ({ questionId, editable, application }));
  }
}

/** Three clicks select a line with its end: without it, the next line would join the answer. */
function edgesOf(selected: string): readonly [string, string] {
  return [/^\s*/.exec(selected)?.[0] ?? '', /\s*$/.exec(selected)?.[0] ?? ''];
}
