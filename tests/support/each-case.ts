import { afterEach, beforeEach } from 'vitest';
import { beginCase, breakAtEnd } from './cases.ts';

// Loaded by vitest before each file.
beforeEach(() => beginCase());
afterEach(() => breakAtEnd());
