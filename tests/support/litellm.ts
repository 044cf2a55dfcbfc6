import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './beckon-app.ts';
import { answersWell, freePort } from './llama-server.ts';
import { endTree, run, startProgram, waitFor } from './processes.ts';

const version = '1.108.7';

/** LiteLLM's proxy, put into the cache folder once, in an environment of its own. Needs Python 3 with `venv`. */
function ensureLiteLlm(say: (line: string) => void): string {
  const folder = join(cacheFolder, 'tools', `litellm-${version}`);
  const finished = join(folder, 'installed');
  const command = join(folder, 'bin', 'litellm');
  if (existsSync(finished)) return command;
  say(`Installing LiteLLM ${version} once; this takes a minute or two.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'venv', folder]);
  run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', `litellm[proxy]==${version}`]);
  writeFileSync(finished, version);
  return command;
}

export interface LiteLlm {
  /** Without a path: each protocol has its own. */
  readonly origin: string;
  end(): Promise<void>;
}

/** LiteLLM's proxy before a server that speaks OpenAI's protocol, with one model under a name. It looks nothing up outside. */
export async function startLiteLlm(options: {
  readonly behind: string;
  readonly behindKey: string;
  readonly model: string;
  readonly key: string;
}): Promise<LiteLlm> {
  const command = ensureLiteLlm((line) => process.stdout.write(`${line}\n`));
  const folder = mkdtempSync(join(tmpdir(), 'beckon-litellm-'));
  const config = join(folder, 'config.json');
  const behind = { model: `openai/${options.model}`, api_base: options.behind, api_key: options.behindKey };
  writeFileSync(
    config,
    JSON.stringify({
      model_list: [{ model_name: options.model, litellm_params: behind }],
      litellm_settings: { telemetry: false, num_retries: 0, drop_params: true },
      general_settings: { master_key: options.key },
    }),
  );
  const port = await freePort();
  const args = ['--config', config, '--host', '127.0.0.1', '--port', String(port), '--num_workers', '1'];
  const env = { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: 'True', NO_DOCS: 'True' };
  const child = startProgram(command, args, { env, cwd: folder });
  const end = async () => {
    await endTree(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    await waitFor('LiteLLM is up', () => answersWell(`${origin}/health/liveliness`), 180_000);
  } catch (error) {
    await end();
    throw error;
  }
  return { origin, end };
}
