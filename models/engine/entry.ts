import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { checksTemplates } from './template/check-template.ts';

// One file for the engine and for the process beside it that tries templates, so that a bundle needs no second one.
if (process.argv.includes(checksTemplates)) (await import('./template/answer-checks.ts')).answerTemplateChecks();
else (await import('./serve-engine.ts')).serveEngine(fileURLToPath(import.meta.url));
