import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { JsonValue } from '../../src/core/model/json';
import { call, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe('layout of the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const boxOf = async (locator: Locator): Promise<Box> =>
    (await locator.boundingBox()) ?? assert.fail('the element is not on the page');
  const show = (...turns: readonly ReturnType<typeof turn>[]): Promise<void> =>
    suite.details.show({ row: conversation(), transcript: transcript(turns) });
  /** Returns the number of text lines in an element. */
  const countLines = (locator: Locator): Promise<number> =>
    locator.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    });

  // Fonts of other systems are as wide as a larger font.
  const setFontSize = (size: string): Promise<void> =>
    suite.details.page.evaluate(
      (wanted) => document.documentElement.style.setProperty('--vscode-font-size', wanted),
      size,
    );

  for (const size of ['13px', '16px']) {
    it(`has turns of the same height for small and large turn numbers at ${size}`, async () => {
      await setFontSize(size);
      await show(...Array.from({ length: 1001 }, () => turn('assistant', 'One line.')));
      const heights = await Promise.all(
        [9, 99, 100, 1000].map(async (number) => (await boxOf(suite.details.page.locator(`#turn-${number}`))).height),
      );
      assert.equal(new Set(heights).size, 1, heights.join());
    });
  }

  describe('line of a tool call', () => {
    const short = { doctor: 'okoro', day: '2026-11-27' };
    const long = { text: 'word '.repeat(100) };
    const measureParts = async (
      args: JsonValue,
      result: JsonValue,
    ): Promise<{ readonly cut: readonly boolean[]; readonly widths: readonly number[] }> => {
      await show(turn('assistant', '', call('find_slots', args, result)));
      const gists = suite.details.page.locator('.call > summary > :is(.gist, .failure)');
      return {
        cut: await gists.evaluateAll((elements) =>
          elements.map(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth),
        ),
        widths: await gists.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().width)),
      };
    };

    it('shows short arguments completely before a long result', async () =>
      assert.deepEqual((await measureParts(short, long)).cut, [false, true]));

    it('shows a short result completely after long arguments', async () =>
      assert.deepEqual((await measureParts(long, { ok: true, ref: 'B-5521' })).cut, [true, false]));

    it('divides the width equally if both are long', async () => {
      const { cut, widths } = await measureParts(long, long);
      assert.deepEqual(cut, [true, true]);
      assert.ok(Math.abs((widths[0] ?? 0) - (widths[1] ?? 0)) < 2, widths.join());
    });

    it('shows why a call failed after long arguments', async () => {
      const { widths } = await measureParts(long, { error: 'No such doctor' });
      assert.ok((widths[1] ?? 0) > 100, widths.join());
    });

    it('has a line for each at 350 px', async () => {
      await suite.details.page.setViewportSize({ width: 350, height: 700 });
      const { widths } = await measureParts(long, { ok: true, ref: 'B-5521' });
      assert.ok(
        widths.every((width) => width > 80),
        widths.join(),
      );
    });
  });

  for (const width of [350, 300]) {
    it(`wraps no number in a Markdown table at ${width} px, and the table scrolls`, async () => {
      await suite.details.page.setViewportSize({ width, height: 700 });
      const table = [
        '| Column one | Price | Total amount | When | Phone |',
        '|---|---:|---:|---|---|',
        '| Deluxe room with breakfast | 123,456.00 | 1 123 456,00 € | 2026-11-27 09:20 | +49 171 000111 |',
      ].join('\n');
      await show(turn('assistant', table));
      const cells = suite.details.page.locator('.markdown td');
      for (const index of [1, 2, 3, 4])
        assert.equal(await countLines(cells.nth(index)), 1, (await cells.nth(index).textContent()) ?? '');
      const frame = suite.details.page.locator('.table-frame');
      assert.equal(await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth), true);
      assert.equal(
        await suite.details.page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
        false,
        'the page does not scroll',
      );
    });
  }

  it('indents nested JSON fields at every depth', async () => {
    await show(
      turn(
        'assistant',
        '',
        call('nest', {}, { order: { items: { first: { sku: 'A', qty: 1 } }, list: [{ a: 1 }, 2], total: 5 } }),
      ),
    );
    await suite.openAll();
    for (;;) {
      const closed = suite.details.page.locator('.json-branch:not([open]) > summary').first();
      if ((await closed.count()) === 0) break;
      await closed.click();
      await suite.details.page.locator('.json-branch[open]:not(:has(> .json-children))').waitFor({ state: 'detached' });
    }
    const indents = await suite.details.page.locator('.json-children').evaluateAll((all) =>
      all.flatMap((children) => {
        const name = (entry: Element | null): number | undefined =>
          entry
            ?.querySelector(':scope > :is(.json-key, .json-index), :scope > summary > :is(.json-key, .json-index)')
            ?.getBoundingClientRect().left;
        const parent = name(children.parentElement) ?? Infinity;
        return [...children.children].map((each) => (name(each) ?? -Infinity) - parent);
      }),
    );
    assert.ok(indents.length > 6);
    assert.ok(
      indents.every((distance) => distance >= 12),
      indents.join(),
    );
  });

  it('keeps the effect of a left-to-right mark before a phone number in Arabic text', async () => {
    await show(turn('user', 'هذا رقمي: \u200e+49 171 000111'));
    assert.equal(await suite.details.page.locator('.text .hidden-characters').count(), 0);
    const [plus, last] = await suite.details.page.locator('.text').evaluate((element) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let node = texts.nextNode() as Text;
      while (!node.data.includes('+')) node = texts.nextNode() as Text;
      const left = (index: number): number => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect().left;
      };
      return [left(node.data.indexOf('+')), left(node.data.length - 1)];
    });
    assert.ok((plus ?? 0) < (last ?? 0), 'the plus sign is to the left of the number');
  });
});
