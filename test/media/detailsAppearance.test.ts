import assert from 'node:assert/strict';
import { call, clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';
import type { ThemeName } from './themes';

describe('appearance of the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  describe('looks', () => {
    const shown = {
      row: conversation({
        id: `${'7c9e6679'.repeat(12)}`,
        customer: { name: 'Ines', phone: '+49171000111' },
        variables: { a_rather_long_name_of_a_variable: 'https://example.test/'.repeat(10) },
      }),
      transcript: transcript([
        ...clinic.turns,
        turn('user', 'A'.repeat(400)),
        turn(
          'assistant',
          '',
          call(
            'a_function_with_quite_a_long_name_indeed',
            { url: 'x'.repeat(300) },
            { deep: { deeper: { deepest: 'y'.repeat(300) } } },
          ),
        ),
      ]),
      notices: [{ severity: 'error', message: 'Z'.repeat(200), actions: [{ action: 'retry', label: 'Retry' }] }],
    } as const;

    it('fits a panel 300 px wide without scrolling horizontally', async () => {
      await suite.reopen({ width: 300 });
      await suite.details.show(shown);
      await suite.openAll();
      const closed = suite.details.page.locator('.json-branch:not([open]) > summary');
      while ((await closed.count()) > 0) {
        await closed.first().click();
        await suite.details.page
          .locator('.json-branch[open]:not(:has(> .json-children))')
          .waitFor({ state: 'detached' });
      }
      assert.equal((await suite.text('.turn:last-child .call-body')).includes('yyy'), true);
      const overflowing = await suite.details.page.evaluate(() =>
        [...document.querySelectorAll(':is(header, main) *')]
          .filter(
            (element) =>
              element.getBoundingClientRect().right > innerWidth &&
              element.closest('.gist, .json-gist, h1, .id code') === null,
          )
          .map((element) => `${element.localName}.${element.className}`),
      );
      assert.deepEqual(overflowing, []);
      const widths = await suite.details.page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.deepEqual(widths, [300, 300]);
    });

    it('limits the width of the text in a wide panel', async () => {
      await suite.reopen({ width: 1800 });
      await suite.details.show(shown);
      const width = await suite.details.page.locator('main').evaluate((main) => main.getBoundingClientRect().width);
      assert.equal(width < 900, true);
    });

    for (const theme of ['vscode-high-contrast', 'vscode-high-contrast-light'] satisfies ThemeName[]) {
      it(`has borders and no fills in ${theme}`, async () => {
        await suite.reopen({ theme });
        await suite.details.show({ row: conversation(), transcript: clinic, notices: shown.notices });
        const styles = await suite.details.page.locator('.call.failed, .call, .turn, .button').evaluateAll((elements) =>
          elements.map((element) => {
            const { borderTopColor, borderTopWidth, backgroundColor } = getComputedStyle(element);
            return { borderTopColor, borderTopWidth, backgroundColor };
          }),
        );
        const pageBackground = await suite.details.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        for (const { borderTopColor, borderTopWidth, backgroundColor } of styles) {
          assert.notEqual(borderTopColor, 'rgba(0, 0, 0, 0)');
          assert.equal(borderTopWidth, '1px');
          assert.ok(['rgba(0, 0, 0, 0)', pageBackground].includes(backgroundColor), backgroundColor);
        }
        const hidden = await suite.details.page
          .locator('.icon-button')
          .evaluateAll((all) => all.filter((each) => getComputedStyle(each).opacity !== '1').length);
        assert.equal(hidden, 0);
      });
    }

    it('has no animation if the user prefers reduced motion', async () => {
      await suite.details.page.emulateMedia({ reducedMotion: 'reduce' });
      await suite.details.show({ row: conversation(), busy: true });
      const animation = await suite.details.page
        .locator('.progress')
        .evaluate((bar) => getComputedStyle(bar, '::before').animationName);
      assert.equal(animation, 'none');
    });
  });
});
