// Writes a message of Outlook from what `make.py` gives on its standard input: `node make-msg.mjs FOLDER OUT`, where FOLDER has
// @tutao/oxmsg 0.2.3 installed, which is no dependency.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, out] = process.argv.slice(2);
const { Attachment, Email, MessageEditorFormat } = createRequire(join(folder, 'package.json'))('@tutao/oxmsg');
const { subject, body, attached, annex } = JSON.parse(readFileSync(0, 'utf8'));
const message = new Email()
  .subject(subject)
  .bodyText(body)
  .bodyFormat(MessageEditorFormat.EDITOR_FORMAT_PLAINTEXT)
  .sender('ada@example.org', 'Ada')
  .to('bo@example.org')
  .sentOn(new Date('2026-11-02T10:00:00Z'))
  .attach(new Attachment(new Uint8Array(Buffer.from(annex)), attached));
writeFileSync(out, message.msg());
