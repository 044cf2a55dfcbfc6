import * as z from 'zod';
import { authorNameLimit } from '../atom-shared.ts';
import { pastedPictureBytes } from '../bridge.ts';
import { type Contract, request, state, stream } from '../define.ts';
import * as ids from '../ids.ts';
import { exampleProofSchema, importedSchema, keptAtomSchema } from '../sharing.ts';

const atomId = z.string().min(1).max(60);
const reviewId = ids.id;
const path = z.string().min(1).max(4096);
const own = z.strictObject({ name: z.string(), fingerprint: z.string() }).nullable();
/** Null: the name that was chosen before. */
const authorName = z
  .string()
  .max(authorNameLimit * 4)
  .nullable();

/** Atoms as files that people give each other. Where a file lies is chosen in a dialog or on a command line, never by a page. */
export const sharingRoutes = {
  requests: {
    /** Every atom that is here, with what it may touch and what its examples came to. */
    'sharing.list': request(z.strictObject({}), 'free').returns(z.array(keptAtomSchema)),
    /**
     * Reads files, or what lies in folders, for the person's word; `shown` puts them into the window's dialog. Each file that
     * cannot be added is told with its reason. Nothing runs but examples that need no model.
     */
    'sharing.read': request(z.strictObject({ paths: z.array(path).min(1).max(200), shown: z.boolean() })).returns(
      importedSchema,
    ),
    /** Reads a text that was pasted, into the window's dialog. */
    'sharing.readText': request(z.strictObject({ text: z.string().min(1).max(1_000_000) }), 'free').returns(z.null()),
    /** Looks whether files are answer cards, and puts those that are into the window's dialog; of all others nothing is said. */
    'sharing.look': request(z.strictObject({ paths: z.array(path).min(1).max(200) })).returns(
      z.strictObject({ found: z.boolean() }),
    ),
    /** Looks at a picture that lies on no disk, as base64, in the same way. */
    'sharing.readPicture': request(
      z.strictObject({ name: z.string().min(1).max(200), bytes: z.string().max(2 * pastedPictureBytes) }),
    ).returns(z.strictObject({ found: z.boolean() })),
    /**
     * Adds what was read and told. Fails with `atom/asks-first` where it needs a word of its own, which `sharing.addAnyway` has.
     * Fails with `atom/review-gone`, `disk/…` and `profile/not-writable`.
     */
    'sharing.add': request(z.strictObject({ reviewId }), 'free').returns(z.strictObject({ file: z.string() })),
    /** Adds what may do more than the version here, or is not from who made that; main asks in a window of its own. */
    'sharing.addAnyway': request(z.strictObject({ reviewId, name: z.string().max(8000) }), 'asks').returns(
      z.strictObject({ file: z.string() }),
    ),
    /** Takes one out of the dialog, or all, without adding it. */
    'sharing.leave': request(z.strictObject({ reviewId: reviewId.nullable() }), 'free').returns(z.null()),
    /** Moves an atom of the person's own into the folder `removed` beside the others. Fails with `atom/built-in`. */
    'sharing.remove': request(z.strictObject({ atomId }), 'free').returns(z.strictObject({ file: z.string() })),
    /** The name and the fingerprint that this profile signs with; null before the first export. */
    'sharing.author': request(z.strictObject({}), 'free').returns(own),
    /** The signed file as text, with a name for it. Fails with `atom/author-wanted` where no name was chosen yet. */
    'sharing.export': request(z.strictObject({ atomId, authorName })).returns(
      z.strictObject({ text: z.string(), fileName: z.string() }),
    ),
    /** Writes the signed file whole or not at all. Fails with `export/not-written` and `disk/full`, too. */
    'sharing.exportTo': request(z.strictObject({ atomId, authorName, path })).returns(z.null()),
  },
  streams: {
    /**
     * Runs the examples of an atom on a model of this machine, one after another; what comes is kept with the atom's hash and the
     * model. Nothing is sent anywhere and nothing is written. Fails with `atom/no-examples` and `atom/proved-here-only`.
     */
    'sharing.prove': stream(
      z.strictObject({
        atomId: atomId.nullable(),
        reviewId: reviewId.nullable(),
        modelId: ids.modelId.nullable(),
      }),
      'free',
    ).of(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('model'), name: z.string().nullable(), total: z.number() }),
        z.strictObject({ type: z.literal('example'), proof: exampleProofSchema }),
      ]),
    ),
  },
  states: {
    /** What the window's dialog shows. */
    importing: state(importedSchema, 'free', { reviews: [], refused: [], cards: [] }),
  },
} as const satisfies Contract;
