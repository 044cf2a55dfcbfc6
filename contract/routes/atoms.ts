import * as z from 'zod';
import { atomsStateSchema } from '../atom.ts';
import {
  atomFaultSchema,
  atomFileName,
  atomText,
  atomVersionSchema,
  lineChangeSchema,
  openedAtomSchema,
  sampleLimit,
  savedAtomSchema,
  shownLimit,
  shownValueSchema,
  stepKindSchema,
  trialPartSchema,
} from '../atom-edit.ts';
import { stepTypeSchema } from '../atom-steps.ts';
import { type Contract, request, state, stream } from '../define.ts';
import * as ids from '../ids.ts';
import { labelPlanSchema } from '../label.ts';

const none = z.strictObject({});
const hash = z.string().max(64);
const version = atomVersionSchema.shape.id;
/** What a page has saved. */
const savedText = { file: atomFileName.nullable(), text: atomText, basis: hash.nullable() } as const;
/** A value that a page has shown whole, and that it may have changed. */
const givenValue = shownValueSchema.refine((value) => JSON.stringify(value).length <= 2 * shownLimit);

/** The actions on text, Beckon's own and the person's, and their editor. A page names files of the folder, never paths. */
export const atomsRoutes = {
  requests: {
    /** Looks whether a file changed on the disk; the `atoms` state tells. */
    'atom.refresh': request(none, 'free').returns(z.null()),
    /** Every kind of step, in the order of menus. */
    'atom.kinds': request(none, 'free').returns(z.array(stepKindSchema)),
    /** An action by its id, also a built-in one; throws `action/not-found`. */
    'atom.open': request(z.strictObject({ id: ids.id }), 'free').returns(openedAtomSchema),
    /** A file by its name, broken or not; throws `action/not-found`, `action/not-a-file` and `action/file-too-large`. */
    'atom.openFile': request(z.strictObject({ file: atomFileName }), 'free').returns(openedAtomSchema),
    /** What the reader says to a text, and which types pass: what comes to each step; null behind one that does not fit. */
    'atom.check': request(z.strictObject({ text: atomText }), 'free').returns(
      z.strictObject({ faults: z.array(atomFaultSchema), types: z.array(stepTypeSchema.nullable()) }),
    ),
    /**
     * Where the values of a text's steps can go if they begin with a selection, with the model that is asked then: `modelId`, or the
     * one of the action, or the chosen one. Nothing is made of it and nothing leaves.
     */
    'atom.plan': request(z.strictObject({ text: atomText, modelId: ids.modelId.nullable() }), 'free').returns(
      labelPlanSchema,
    ),
    /**
     * Writes an action's file, which the reader has to take: throws `action/broken-file`, `action/same-id`, `action/not-saved`
     * and `disk/full`. `file: null` makes a new one; `basis` is the hash of what the text was made from, null to write over
     * whatever is there. What was there before is kept as a version. Fails with `atom/asks-first` where it may do more than what has
     * its id, which `atom.saveAnyway` can.
     */
    'atom.save': request(z.strictObject(savedText), 'free').returns(savedAtomSchema),
    /** Saves what may do more; main asks in a window of its own, by the name that the text has. */
    'atom.saveAnyway': request(z.strictObject({ ...savedText, name: z.string().max(8000) }), 'asks').returns(
      savedAtomSchema,
    ),
    /** Deletes an own action's file, and keeps it as a version. Answers what was in it. */
    'atom.remove': request(z.strictObject({ file: atomFileName }), 'free').returns(openedAtomSchema),
    /** Former versions of a file, the newest first. */
    'atom.versions': request(z.strictObject({ file: atomFileName }), 'free').returns(z.array(atomVersionSchema)),
    'atom.version': request(z.strictObject({ file: atomFileName, version }), 'free').returns(
      z.strictObject({ text: z.string() }),
    ),
    /** The lines in which one text differs from another. */
    'atom.compare': request(z.strictObject({ before: atomText, after: atomText }), 'free').returns(
      z.array(lineChangeSchema),
    ),
  },
  streams: {
    /**
     * Does the steps of a file's text on a sample, without a chat. It begins at `from` with `given`, or with the sample at 0,
     * and goes as far as steps are right. Steps that ask a model wait for `asksModel`.
     */
    'atom.try': stream(
      z.strictObject({
        text: atomText,
        sample: z.string().max(sampleLimit),
        from: z.int().min(0).max(50),
        given: givenValue.nullable(),
        asksModel: z.boolean(),
        modelId: ids.modelId.nullable(),
      }),
      'free',
    ).of(trialPartSchema),
  },
  states: {
    atoms: state(atomsStateSchema, 'free', { atoms: [], broken: [] }),
  },
} as const satisfies Contract;
