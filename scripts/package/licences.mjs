import { createHash } from 'node:crypto';

/** The notices that the licences ask to be passed on: each text once, under the names of all who use it. */
export function noticesText(parts) {
  const groups = new Map();
  for (const { name, version, licence, texts } of parts) {
    const text = texts.join('\n\n') || `(The package brings no text of its licence; it says: ${licence}.)`;
    groups.set(text, [...(groups.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const sections = [...groups.entries()].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const head = 'Beckon contains the following works of others, under these terms.\n';
  return [head, ...sections].join(`\n${'-'.repeat(78)}\n\n`);
}

/** The same as a list for programs: SPDX 2.3 in JSON. The same parts and time give the same bytes. */
export function spdxList(parts, { version, time, platform, arch }) {
  const created = new Date(time * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const packages = parts.map((part) => ({
    SPDXID: idOf(part),
    name: part.name,
    versionInfo: part.version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: part.licence,
    copyrightText: 'NOASSERTION',
    comment: part.where,
    ...purl(part),
  }));
  const hash = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 32);
  const own = {
    SPDXID: 'SPDXRef-Beckon',
    name: 'Beckon',
    versionInfo: version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'MIT',
    licenseDeclared: 'MIT',
    copyrightText: 'NOASSERTION',
  };
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `beckon-${version}-${platform}-${arch}`,
    documentNamespace: `urn:beckon:${version}:${platform}-${arch}:${hash}`,
    creationInfo: { created, creators: ['Tool: beckon-package'] },
    packages: [own, ...packages],
    relationships: [
      relation('SPDXRef-DOCUMENT', 'DESCRIBES', 'SPDXRef-Beckon'),
      ...packages.map(({ SPDXID }) => relation('SPDXRef-Beckon', 'CONTAINS', SPDXID)),
    ],
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function idOf({ name, version }) {
  return `SPDXRef-${`${name}-${version}`.replaceAll(/[^\w.]+/g, '-').replaceAll('_', '-')}`;
}

function purl({ name, version, where }) {
  if (!/bundled|beside/.test(where)) return {};
  const locator = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator }],
  };
}

function relation(spdxElementId, relationshipType, relatedSpdxElement) {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}
