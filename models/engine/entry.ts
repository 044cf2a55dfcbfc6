import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

// One file for the process and for the thread beside it, so that a bundle needs no second one.
if (isMainThread) (await import('./serve-engine.ts')).serveEngine(fileURLToPath(import.meta.url));
else (await import('./template/template-thread.ts')).answerTemplateChecks();
