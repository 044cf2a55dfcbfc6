import { openDatabase } from '../../core/database/open-database.ts';

// A process that opens a database, and is killed meanwhile.
const [path = '', damaged = ''] = process.argv.slice(2);
process.stdout.write('opening\n');
openDatabase(path, { isDamaged: damaged === 'damaged' }).database.close();
process.stdout.write('opened\n');
