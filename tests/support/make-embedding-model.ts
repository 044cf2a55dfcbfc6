import { makeEmbeddingModel } from './embedding-model.ts';

/** Run by `npm test`: makes the embedding model in the folder that is named. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder');
await makeEmbeddingModel(folder);
