import { type ChildProcess, spawn } from 'node:child_process';
import { type ActiveWindow, desktopContract, type PortAnswer } from '../../contract/desktop.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';

const answerLimitMs = 1500;

/** Starts the process that talks to other applications when it is first asked; one that hangs is killed and started anew. */
export class DesktopProcess implements Disposable {
  readonly #node: string;
  readonly #entry: string;
  #child: ChildProcess | null = null;
  #client: WireClient<typeof desktopContract> | null = null;

  constructor(node: string, entry: string) {
    this.#node = node;
    this.#entry = entry;
  }

  async activeWindow(): Promise<PortAnswer<ActiveWindow>> {
    const limit = setTimeout(() => this.dispose(), answerLimitMs);
    const answer = await this.#running().request('window.active', {});
    clearTimeout(limit);
    if (answer.ok) return answer.value;
    return { status: 'denied', cause: { code: 'desktop/not-answering', message: answer.error.message } };
  }

  async describe() {
    const limit = setTimeout(() => this.dispose(), answerLimitMs);
    const answer = await this.#running().request('desktop.describe', {});
    clearTimeout(limit);
    return answer.ok ? answer.value : null;
  }

  dispose(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
    this.#client = null;
  }

  #running(): WireClient<typeof desktopContract> {
    if (this.#client !== null && !this.#client.closed) return this.#client;
    const child = spawn(this.#node, [this.#entry], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], windowsHide: true });
    child.on('error', () => {});
    this.#child = child;
    this.#client = new WireClient(createProcessChannel(child), desktopContract);
    return this.#client;
  }
}
