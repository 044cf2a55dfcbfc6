// Stands in for the default app that the carried runtime came without: loads the app whose folder is on the command line.
// Like Electron's own, it loads modules named by -r first and knows --version.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const words = process.argv.slice(1);
const required = [];
let folder = null;
for (let index = 0; index < words.length; index += 1) {
  const word = words[index];
  if (word === '-r' || word === '--require') required.push(words[(index += 1)]);
  else if (!word.startsWith('-') && folder === null) folder = resolve(word);
}
if (words.includes('--version')) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
for (const path of required) require(path);
folder ??= process.cwd();
const { main, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
app.setName(name);
app.setVersion(version);
require(join(folder, main));
