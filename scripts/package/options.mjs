const known = ['--deb', '--rpm', '--appimage', '--dmg', '--exe', '--list', '--xz'];
const systems = { '--deb': 'linux', '--rpm': 'linux', '--appimage': 'linux', '--dmg': 'darwin', '--exe': 'win32' };

/** What the words after `npm run package --` ask for; `wrong` is the first that means nothing here, with why. */
export function packageOptions(words, platform) {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) return { wrong: `${unknown} is none of ${known.join(', ')}` };
  const foreign = words.find((word) => systems[word] !== undefined && systems[word] !== platform);
  if (foreign !== undefined) return { wrong: `${foreign} is made on ${systems[foreign]} alone` };
  const has = (word) => words.includes(word);
  return {
    deb: has('--deb'),
    rpm: has('--rpm'),
    /** What electron-builder makes with tools that it downloads. */
    built: ['--appimage', '--dmg', '--exe'].filter(has),
    list: has('--list'),
    /** For dpkg older than 1.21.18 (Debian 11), which cannot read zstd. */
    compression: has('--xz') ? 'xz' : 'zstd',
  };
}
