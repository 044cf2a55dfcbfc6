import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { rendersTemplate } from './template/questions.ts';

// One file for the engine and for the process beside it that runs templates, so that a bundle needs no second one.
if (process.argv.includes(rendersTemplate)) (await import('./template/answer-template.ts')).answerTemplateQuestions();
else (await import('./serve-engine.ts')).serveEngine(fileURLToPath(import.meta.url));
