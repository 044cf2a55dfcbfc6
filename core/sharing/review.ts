import { randomUUID } from 'node:crypto';
import type { AtomFile } from '../../contract/atom.ts';
import type { AtomReview } from '../../contract/sharing.ts';
import { widenedBy } from '../steps/touches.ts';
import { canonicalJson } from './canonical.ts';
import { changesOf } from './changes.ts';
import { doubtsOf, type Here } from './doubts.ts';
import type { SharedFile } from './read-shared.ts';
import { originsOf, sealOf, toldOf } from './told.ts';

/** Fields that a person is told of where they differ; the steps are told one by one. */
const toldFields = ['name', 'hint', 'family', 'icon', 'output', 'diff', 'grounded', 'examples', 'permissions'] as const;

/** What a person is told of a file before it is added, beside what is here. */
export async function reviewOf(
  read: SharedFile,
  all: readonly Here[],
  ownKey: string | null,
  madeFrom: AtomReview['madeFrom'],
): Promise<AtomReview> {
  const { file, unknown, raw, fileName } = read;
  const others = (id: string) => all.filter((one) => one.file.id !== id).map((one) => one.file);
  const atom = toldOf(file, unknown, raw);
  const known = all.find((one) => one.file.id === file.id) ?? null;
  const here =
    known === null
      ? null
      : {
          atom: toldOf(known.file),
          seal: sealOf(known.file, ownKey, others(file.id)),
          builtIn: known.from === null,
        };
  const isSigned = here?.builtIn === true || canonicalJson(known?.file.shared) === canonicalJson(file.shared);
  const isSame = here?.atom.hash === atom.hash && isSigned;
  return {
    reviewId: randomUUID(),
    fileName,
    kind: here === null ? 'new' : isSame ? 'same' : 'update',
    atom,
    seal: sealOf(raw as AtomFile, ownKey, others(file.id)),
    from: originsOf(file),
    here,
    changes: here === null ? [] : changesOf(here.atom.steps, atom.steps),
    fields: known === null ? [] : fieldsOf(known.file, file),
    widened: here === null ? [] : widenedBy(here.atom.touches, atom.touches),
    doubts: isSame ? [] : await doubtsOf(read, all),
    examples: file.examples ?? [],
    proofs: [],
    madeFrom,
    card: null,
  };
}

function fieldsOf(was: AtomFile, now: AtomFile): readonly string[] {
  const [one, other] = [was, now] as readonly Readonly<Record<string, unknown>>[];
  return toldFields.filter((field) => canonicalJson(one?.[field] ?? null) !== canonicalJson(other?.[field] ?? null));
}

/** Whether an update needs a word of its own, in a window of main's: it may do more, or is not from who made what is here. */
export function asksFirst({ widened, doubts, here }: AtomReview): boolean {
  const serious = ['other-key', 'no-longer-signed', 'replaces-built-in'];
  return here !== null && (widened.length > 0 || doubts.some(({ doubt }) => serious.includes(doubt)));
}
