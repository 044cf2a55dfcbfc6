import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { isEnd } from '../text-filters/text-filter.ts';
import type { Destination } from './destination.ts';
import type { PlaceHidden } from './redaction.ts';

/** A prompt that could leave now, as it would. */
export interface Prepared {
  readonly to: Destination;
  /** With pseudonyms. */
  readonly input: GenerateInput;
  /** Where pseudonyms stand in a text of it. */
  readonly places: (text: string) => readonly PlaceHidden[];
  /** What the request would carry, byte for byte. */
  readonly body: string;
}

type End = Extract<ModelPart, { readonly type: 'failure' | 'aborted' }>;

interface Recorded {
  /** Null where no request came about. */
  readonly body: string | null;
  /** How it ended then. */
  readonly failure: End;
}

/** Lets a model ask by a connection that leads nowhere, and keeps what it would carry. */
export async function recordBody(deliver: (connection: typeof fetch) => AsyncIterable<ModelPart>): Promise<Recorded> {
  let body: string | null = null;
  let failure: End = { type: 'aborted' };
  const nowhere: typeof fetch = async (_input, init) => {
    if (typeof init?.body === 'string') body ??= init.body;
    throw new AppError('app/not-allowed', 'this connection leads nowhere');
  };
  for await (const part of deliver(nowhere)) {
    if (part.type === 'failure') failure = part;
    if (isEnd(part)) break;
  }
  return { body, failure };
}
