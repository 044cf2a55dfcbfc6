import type { SaidWords } from '../../contract/bridge.ts';

/** Main says it in the address: the page has no bridge. */
const { text, keys, isDone, language, theme } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as SaidWords;
document.documentElement.lang = language;
document.documentElement.dataset['theme'] = theme;
document.body.classList.toggle('waits', !isDone);
const said = document.getElementById('said');
if (said !== null) said.textContent = text;
for (const combination of keys) {
  const caps = document.createElement('span');
  caps.className = 'caps';
  for (const key of combination) {
    const cap = document.createElement('kbd');
    cap.textContent = key;
    caps.append(cap);
  }
  said?.parentElement?.append(caps);
}
