import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkout } from '../support/beckon-app.ts';
import { drawnAgain } from '../support/drawn-again.ts';
import { drawn, notEnteredBefore } from '../support/drawn-applications.ts';
import { drawnLater } from '../support/drawn-later.ts';
import { drawnThird } from '../support/drawn-third.ts';
import { neverTried } from '../support/never-tried.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { triedBefore } from '../support/tried-before.ts';
import { type Seen, WholeJourney } from '../support/whole-journey.ts';

/** The session as Debian starts it for people without a screen reader, anew for each application. */
const options: DesktopOptions = { display: { accessibility: 'as-installed' }, parrot: true, app: {}, anew: true };
const report = join(checkout, 'out', 'any-application.jsonl');

describeOnDesktop('text on its whole way, in any application', options, (desk) => {
  const all: Seen[] = [];

  afterAll(() => {
    const wholes = all.filter(({ failed }) => failed === null);
    const unnamed = wholes.filter(({ named }) => !named);
    process.stdout.write(
      `whole journeys: ${wholes.length} of ${all.length}, ${unnamed.length} of them in applications that nobody had named\n`,
    );
  });

  it.each([...drawnThird, ...drawnAgain, ...drawnLater, ...neverTried, ...drawn, ...notEnteredBefore, ...triedBefore])(
    '$name ($toolkit)',
    async (application) => {
      const seen = await new WholeJourney(desk, application).go();
      all.push(seen);
      mkdirSync(join(checkout, 'out'), { recursive: true });
      appendFileSync(report, `${JSON.stringify(seen)}\n`);
      process.stdout.write(`${JSON.stringify(seen)}\n`);
      if (seen.failed !== null)
        desk.display.screenshot(join(checkout, 'out', `any-${application.name.replaceAll(/\W+/g, '-')}.png`));
      expect({ failed: seen.failed, said: seen.said }).toMatchObject({ failed: application.ends?.at ?? null });
    },
  );
});
