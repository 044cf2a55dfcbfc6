import * as z from 'zod';
import { atomsStateSchema } from './atom.ts';
import { diffPieceSchema } from './changes.ts';
import { contextChipSchema, contextStateSchema } from './context.ts';
import { conversationSchema, conversationSummarySchema, searchHitSchema } from './conversation.ts';
import { type Contract, request, state, stream } from './define.ts';
import { activeWindowSchema, portAnswerSchema, putBackAnswerSchema } from './desktop.ts';
import { doctorLineSchema } from './doctor.ts';
import { groundingSchema } from './grounding.ts';
import * as ids from './ids.ts';
import { engineStateSchema, jobSchema, modelRowSchema, serverRowSchema, serverTestSchema } from './model.ts';
import { runPartSchema, runStartedSchema } from './run.ts';
import type { Shape } from './shape.ts';

const none = z.strictObject({});
const byConversation = z.strictObject({ conversationId: ids.conversationId });
const byModel = z.strictObject({ modelId: ids.modelId });
const serverAddress = z.strictObject({ address: z.string().max(2000), key: z.string().max(8000).nullable() });

/** What core tells everyone who watches: a new revision means that lists should be asked for again. */
export const libraryStateSchema = z.strictObject({
  /** Counts up with every change of conversations or their titles. */
  conversationsRevision: z.number(),
  /** Counts up with changes of the list of models that no setting and no job tells of. */
  modelsRevision: z.number(),
  runningRuns: z.array(z.strictObject({ runId: z.string(), conversationId: z.string() })),
});
export type LibraryState = Shape<typeof libraryStateSchema>;

/** Something core did by itself and a person should know, such as a settings file that was set aside. */
export const coreNoticeSchema = z.strictObject({
  id: z.string(),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CoreNotice = Shape<typeof coreNoticeSchema>;

/** Where answers can go back to. */
export const putBackStateSchema = z.strictObject({
  /** Places of questions that were about selected text, by the question's id. */
  targets: z.array(
    z.strictObject({ questionId: z.string(), editable: z.boolean(), application: z.string().nullable() }),
  ),
  /** Answers that are where their text was, by their messages' ids; not `checked`: that may be there. None of them goes in twice. */
  written: z.array(z.strictObject({ messageId: z.string(), checked: z.boolean() })),
  /** The last answer that was put back, while it can be taken back. */
  undoable: z.strictObject({ messageId: z.string(), application: z.string().nullable() }).nullable(),
});
export type PutBackState = Shape<typeof putBackStateSchema>;

/** Answered by core; asked by main, the cli, and the renderer through main. */
export const coreContract = {
  requests: {
    'core.info': request(none, 'free').returns(
      z.strictObject({
        version: z.string(),
        processId: z.number(),
        face: z.enum(['app', 'cli']),
        profile: z.string(),
      }),
    ),
    /** A core that a cli runs closes its database and ends, so that the app can take the profile. */
    'core.handOver': request(none).returns(z.null()),
    'conversation.list': request(
      z.strictObject({
        query: z.string().max(1000),
        limit: z.int().min(1).max(500),
        /** The last one of the page before: what follows it is answered. */
        after: z.strictObject({ id: ids.conversationId, updatedAt: z.int() }).nullable().default(null),
      }),
      'free',
    ).returns(z.array(conversationSummarySchema)),
    'conversation.search': request(
      z.strictObject({ query: z.string().max(1000), limit: z.int().min(1).max(500) }),
      'free',
    ).returns(z.array(searchHitSchema)),
    'conversation.get': request(byConversation, 'free').returns(conversationSchema),
    'conversation.rename': request(
      z.strictObject({ conversationId: ids.conversationId, title: z.string().min(1).max(200) }),
      'free',
    ).returns(z.null()),
    /** Hidden at once; gone for good after `undoMs` unless restored. */
    'conversation.delete': request(byConversation, 'free').returns(z.strictObject({ undoMs: z.number() })),
    'conversation.restore': request(byConversation, 'free').returns(z.null()),
    /**
     * Stores the question, then starts to answer it. `conversationId: null` makes a new conversation. With `editsMessageId`
     * the question replaces that one, and what came after it goes. Answered when the question is on disk.
     */
    'run.start': request(
      z.strictObject({
        /** Given by who asks, so that a request whose answer was lost can be made again: a question is stored once. */
        questionId: ids.messageId.optional(),
        conversationId: ids.conversationId.nullable(),
        // Its length is judged by core (`message/too-large`), which can say so in a sentence; the bridge has its own limit.
        text: z.string(),
        modelId: ids.modelId.nullable(),
        editsMessageId: ids.messageId.nullable(),
        /** An action to use on the texts; then `text` may be empty. */
        actionId: ids.id.nullable().default(null),
        /** Chips of the context that go along. */
        chipIds: z.array(ids.id).max(20).default([]),
      }),
      'free',
    ).returns(runStartedSchema),
    /** Answers the last question of a conversation again, in place of its last answer. */
    'run.again': request(
      z.strictObject({ conversationId: ids.conversationId, modelId: ids.modelId.nullable() }),
      'free',
    ).returns(runStartedSchema),
    /** Goes on with the last answer of a conversation where it was broken off; fails with `run/cannot-continue`. */
    'run.continue': request(z.strictObject({ conversationId: ids.conversationId }), 'free').returns(runStartedSchema),
    'run.cancel': request(z.strictObject({ runId: ids.runId }), 'free').returns(z.null()),
    'model.list': request(none, 'free').returns(z.array(modelRowSchema)),
    'model.choose': request(byModel, 'free').returns(z.null()),
    'model.download': request(byModel, 'free').returns(z.strictObject({ jobId: z.string() })),
    'model.remove': request(byModel, 'free').returns(z.null()),
    /** Makes a copy that this processor reads faster; fails with `model/…` and `download/disk-full`. */
    'model.makeFastCopy': request(byModel, 'free').returns(z.strictObject({ jobId: z.string() })),
    'model.removeFastCopy': request(byModel, 'free').returns(z.null()),
    'job.pause': request(z.strictObject({ jobId: ids.id }), 'free').returns(z.null()),
    'job.resume': request(z.strictObject({ jobId: ids.id }), 'free').returns(z.null()),
    'job.cancel': request(z.strictObject({ jobId: ids.id }), 'free').returns(z.null()),
    /** Gets the starter model when no model is there; answers its job, or null when one is there already. */
    'model.ensureStarter': request(none, 'free').returns(z.strictObject({ jobId: z.string().nullable() })),
    'engine.warm': request(none).returns(z.null()),
    'engine.unload': request(none).returns(z.null()),
    /**
     * Lists the models of an address without keeping anything; with a model's name, tries that model where no list has it.
     * With `serverId` and no key, the key that is kept for that server is used, at its own address alone.
     */
    'server.test': request(
      z.strictObject({
        ...serverAddress.shape,
        model: z.string().max(300).nullable().default(null),
        serverId: ids.serverId.nullable().default(null),
      }),
      'asks',
    ).returns(serverTestSchema),
    'server.add': request(
      z.strictObject({
        address: z.string().max(2000),
        key: z.string().max(8000).nullable(),
        label: z.string().max(200),
        models: z.array(z.string().max(300)).min(1).max(500),
      }),
      'asks',
    ).returns(serverRowSchema),
    /** Changes address, key and models; a key of null stays as it is kept where the address stays, an empty one goes. */
    'server.change': request(
      z.strictObject({
        serverId: ids.serverId,
        address: z.string().max(2000),
        key: z.string().max(8000).nullable(),
        models: z.array(z.string().max(300)).min(1).max(500),
      }),
      'asks',
    ).returns(serverRowSchema),
    'server.list': request(none, 'free').returns(z.array(serverRowSchema)),
    'server.remove': request(z.strictObject({ serverId: ids.serverId }), 'free').returns(z.null()),
    /** Looks for selected text anew; answered when the `context` state has it. */
    'context.capture': request(none).returns(z.null()),
    /** Takes a chip along, or leaves it out. */
    'context.turn': request(z.strictObject({ chipId: ids.id, on: z.boolean() }), 'free').returns(z.null()),
    /** Takes a chip away; a file that is being read is no longer read. */
    'context.remove': request(z.strictObject({ chipId: ids.id }), 'free').returns(z.null()),
    'context.clear': request(none, 'free').returns(z.null()),
    /** Writes an answer into the very place its text was selected in; else says why, and nothing is changed. */
    'answer.putBack': request(
      z.strictObject({
        messageId: ids.messageId,
        mode: z.enum(['replace', 'insert-below']),
        /** Numbers of the changes of `answer.changes` that are not made. */
        leftOut: z.array(z.int().min(0)).max(10_000).optional(),
      }),
      'free',
    ).returns(putBackAnswerSchema),
    /** What an answer changes in the text it is about; empty when it is no changed form of a text. */
    'answer.changes': request(z.strictObject({ messageId: ids.messageId }), 'free').returns(z.array(diffPieceSchema)),
    /** Takes the last `answer.putBack` back, when what it wrote is still there. */
    'answer.undoPutBack': request(none, 'free').returns(putBackAnswerSchema),
    /** Which words of an answer stand nowhere in the text it is about; `byMeaning` finds nearer passages, and takes longer. */
    'answer.grounding': request(
      z.strictObject({ messageId: ids.messageId, byMeaning: z.boolean().default(false) }),
      'free',
    ).returns(groundingSchema),
    'window.active': request(none).returns(portAnswerSchema(activeWindowSchema)),
    'notice.list': request(none, 'free').returns(z.array(coreNoticeSchema)),
    /** The person has seen it: it is not told again. */
    'notice.seen': request(z.strictObject({ id: ids.id }), 'free').returns(z.null()),
    'doctor.run': request(none).returns(z.array(doctorLineSchema)),
    /** The line about the graphics card alone, without anything being started. */
    'doctor.graphicsCard': request(none, 'free').returns(doctorLineSchema),
    /** Tries every way to selected text and back on this desktop; the clipboard is lent for a moment. */
    'doctor.capture': request(none, 'free').returns(z.array(doctorLineSchema)),
  },
  streams: {
    'run.attach': stream(z.strictObject({ runId: ids.runId }), 'free').of(runPartSchema),
  },
  states: {
    engine: state(engineStateSchema, 'free'),
    jobs: state(z.strictObject({ jobs: z.array(jobSchema) }), 'free'),
    library: state(libraryStateSchema, 'free'),
    context: state(contextStateSchema, 'free'),
    atoms: state(atomsStateSchema, 'free'),
    putBack: state(putBackStateSchema, 'free'),
    notices: state(z.strictObject({ notices: z.array(coreNoticeSchema) }), 'free'),
  },
} as const satisfies Contract;

/** What only main and the cli may ask of core: paths never come from the renderer. */
export const coreInternalContract = {
  requests: {
    'model.addFile': request(z.strictObject({ path: z.string().min(1).max(4096) })).returns(modelRowSchema),
    /**
     * Makes chips of files and reads them; answered with each as it ended. Those that are not `shown` stand in no window:
     * only who has their ids can ask with them. An empty path stands for something that is no file on a disk.
     */
    'file.add': request(
      z.strictObject({ paths: z.array(z.string().max(4096)).min(1).max(200), shown: z.boolean() }),
    ).returns(z.array(contextChipSchema)),
    /** Whether a mouse button is held down now; null where the system does not tell. */
    'pointer.pressed': request(none).returns(z.boolean().nullable()),
    /** Copies a text to the clipboard alone; false when nothing could. */
    'clipboard.copy': request(z.strictObject({ text: z.string().max(20_000_000) })).returns(z.boolean()),
    'core.shutDown': request(none).returns(z.null()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
