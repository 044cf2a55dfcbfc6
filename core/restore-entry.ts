import process from 'node:process';
import { ownProfile } from './profile/owner.ts';

// Main starts it before it opens anything where a restore was made ready: whoever owns the profile goes on with it.
process.umask(0o077);
const [, , profile] = process.argv;
if (profile !== undefined) ownProfile(profile)?.dispose();
