import type { UsedAction } from '../../contract/atom.ts';
import type { FormAnswers, FormField } from '../../contract/atom-forms.ts';
import type { Label, Recipient } from '../../contract/label.ts';
import type { ModelIdentity } from '../../models/language-model.ts';
import type { Attachment } from '../attachment.ts';
import { fieldsOf } from '../steps/answers.ts';
import { joinLabels, labelOf, noLabel } from '../steps/labels.ts';
import type { WantedModel } from './chosen-model.ts';
import type { Deeds } from './deeds.ts';

/** What a chain is told of its values and of who gets them, and what its steps do outside. */
export interface ChainMeans {
  /** How far the texts of an answer may go. Throws `rules/broken-file`. */
  readonly reachOf: (answerId: string) => Label['reach'];
  /** Who would be asked now; null where nobody knows. */
  readonly wouldAsk: (wanted: WantedModel, answerId: string) => Promise<Recipient | null>;
  /** Who is asked by a model. */
  readonly recipientOf: (model: Pick<ModelIdentity, 'id' | 'name'>) => Recipient;
  /** What an action's steps may do outside; null where nothing is done, as where it is only looked at. */
  readonly deedsOf: (action: UsedAction) => Deeds | null;
  /** Asks the person what an action wants to know before it begins; null where the answer is stopped meanwhile. */
  readonly askForm?: (
    answerId: string,
    fields: readonly FormField[],
    signal: AbortSignal,
  ) => Promise<FormAnswers | null>;
  /** What an answer sends first is not known before it has begun: it is shown then, where it has to be. */
  readonly showsLater?: (answerId: string) => void;
  /** Names that the person wants to be hidden. */
  readonly privateNames?: () => readonly string[];
}

/** Whether what is sent first is known only once the person was asked. */
export function isKnownLater({ steps = [] }: UsedAction): boolean {
  return fieldsOf(steps).length > 0;
}

/** The label of what a chain begins with. Where each text is from is kept with it. */
export function firstLabel(texts: readonly Pick<Attachment, 'kind'>[], reach: Label['reach']): Label {
  return joinLabels({ ...noLabel, reach }, ...texts.map(({ kind }) => labelOf(kind)));
}
