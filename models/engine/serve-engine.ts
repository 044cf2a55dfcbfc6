import process from 'node:process';
import { engineContract } from '../../contract/engine.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { createEngineHandlers, surroundings } from './handlers.ts';
import { LlamaEngine } from './llama-engine.ts';
import { TemplateProcess } from './template/template-process.ts';

/** Answers the process that started this one, until it is gone. `entry` is the file that this process began with. */
export function serveEngine(entry: string): void {
  const handlers = createEngineHandlers(new LlamaEngine(), {
    ...surroundings,
    openTemplate: (text) => new TemplateProcess(text, entry),
  });
  serve(createProcessChannel(process), engineContract, handlers, {
    onBug: (name, error) => process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`),
  });
  // The parent is gone. A clean exit would wait for the decode that is running on another thread; there is nothing to save.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
