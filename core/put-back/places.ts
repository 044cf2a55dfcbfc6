import { rememberedPlaces } from '../../contract/desktop.ts';
import type { SeenApplication } from '../../contract/routes/applications.ts';
import type { PutBackState } from '../../contract/routes/put-back.ts';
import type { Attachment } from '../attachment.ts';

type Word = SeenApplication['word'];

/** Where the text of a question was selected. */
export interface Place {
  readonly targetId: string;
  readonly editable: boolean;
  readonly takesRichText: boolean;
  readonly needsFocus: boolean;
  readonly application: string | null;
  /** The application as the desktop names it; null where that is not known. */
  readonly applicationId: string | null;
  /** Whether nobody has tried to put text back there. */
  readonly asksFirst: boolean;
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
    const { applicationId = null, asksFirst = false } = first;
    const edges = edgesOf(first.text);
    const place = { targetId, editable, takesRichText, needsFocus, application, applicationId, asksFirst, edges };
    this.#places.set(questionId, place);
    for (const old of [...this.#places.keys()].slice(0, -rememberedPlaces)) this.#places.delete(old);
  }

  has(questionId: string): boolean {
    return this.#places.has(questionId);
  }

  of(questionId: string): Place | null {
    return this.#places.get(questionId) ?? null;
  }

  /** `wordOf`: what the person said of an application. */
  targets(wordOf: (applicationId: string | null) => Word): PutBackState['targets'] {
    return [...this.#places].map(([questionId, { editable, application, applicationId, asksFirst }]) => {
      const word = wordOf(applicationId);
      const asks = asksFirst && word === null ? { asksFirst } : {};
      return { questionId, editable: editable && word !== 'never', application, ...asks };
    });
  }
}

/** Three clicks select a line with its end: without it, the next line would join the answer. */
function edgesOf(selected: string): readonly [string, string] {
  return [/^\s*/.exec(selected)?.[0] ?? '', /\s*$/.exec(selected)?.[0] ?? ''];
}
