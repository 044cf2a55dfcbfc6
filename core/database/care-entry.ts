import { constants, setPriority } from 'node:os';
import process from 'node:process';
import { type CareJob, careFor } from './care.ts';

// Nobody waits for it: whatever else the machine does goes first.
try {
  setPriority(constants.priority.PRIORITY_LOW);
} catch {
  // A system without priorities.
}

process.on('disconnect', () => process.exit(0));
const job = JSON.parse(process.argv[2] ?? '') as CareJob;
try {
  process.send?.(careFor(job), () => process.exit(0));
} catch (error) {
  process.send?.({ status: 'failed', detail: String(error) }, () => process.exit(1));
}
