import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import * as ids from '../ids.ts';
import { engineStateSchema, modelRowSchema } from '../model.ts';

const none = z.strictObject({});
const byModel = z.strictObject({ modelId: ids.modelId });

/** Models of this machine and of servers, and the engine that runs the local ones. */
export const modelsRoutes = {
  requests: {
    'model.list': request(none, 'free').returns(z.array(modelRowSchema)),
    'model.choose': request(byModel, 'free').returns(z.null()),
    'model.download': request(byModel, 'free').returns(z.strictObject({ jobId: z.string() })),
    'model.remove': request(byModel, 'free').returns(z.null()),
    /** Makes a copy that this processor reads faster; fails with `model/…` and `download/disk-full`. */
    'model.makeFastCopy': request(byModel, 'free').returns(z.strictObject({ jobId: z.string() })),
    'model.removeFastCopy': request(byModel, 'free').returns(z.null()),
    /** Gets the starter model when no model is there; answers its job, or null when one is there already. */
    'model.ensureStarter': request(none, 'free').returns(z.strictObject({ jobId: z.string().nullable() })),
    /** Only main and the cli may ask: paths never come from a page. */
    'model.addFile': request(z.strictObject({ path: z.string().min(1).max(4096) })).returns(modelRowSchema),
    'engine.warm': request(none).returns(z.null()),
    'engine.unload': request(none).returns(z.null()),
  },
  streams: {},
  states: {
    engine: state(engineStateSchema, 'free', {
      status: 'asleep',
      modelId: null,
      modelName: null,
      progress: 0,
      contextTokens: null,
      error: null,
      networkOff: null,
    }),
  },
} as const satisfies Contract;
