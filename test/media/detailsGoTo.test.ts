import assert from 'node:assert/strict';
import type { PagePlace } from '../../src/protocol/details';
import { eventually } from '../support/workbench/eventually';
import { call, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

const long = transcript([
  ...Array.from({ length: 40 }, (_, index) => turn(index % 2 === 0 ? 'assistant' : 'user', `Line ${index + 1}.`)),
  turn('user', `${'word '.repeat(2000)}needle ${'word '.repeat(500)}`),
  turn('assistant', '', call('look_up', { key: 'needle' }, { found: { deep: 'needle' }, text: 'a needle' })),
]);

describe('search result on the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  let number = 0;
  beforeEach(async () => {
    number = 0;
    await suite.details.show({ row: conversation({ variables: { plan: 'needle' } }), transcript: long });
  });

  async function goTo(place: Omit<PagePlace, 'found'>, found = 'needle'): Promise<void> {
    number += 1;
    await suite.details.post({ type: 'goTo', number, place: { ...place, found } });
  }

  /** Waits until the highlighted match is visible inside this element. */
  const waitForHighlight = (selector: string): Promise<void> =>
    eventually(async () => {
      const isVisible = await suite.details.page.evaluate((ancestor) => {
        const [range] = CSS.highlights.get('found') ?? [];
        const { top = -1, bottom = Infinity } = (range as Range | undefined)?.getBoundingClientRect() ?? {};
        const place = (range as Range | undefined)?.startContainer.parentElement?.closest(ancestor);
        return place !== null && place !== undefined && top >= 0 && bottom <= innerHeight;
      }, selector);
      assert.equal(isVisible, true);
    });

  it('is scrolled into view, also in the hidden part of a long message', async () => {
    await goTo({ part: 'message', turn: 40 });
    await waitForHighlight('#turn-41.arrived .text');
    await goTo({ part: 'message', turn: 0 }, 'Line 1');
    await waitForHighlight('#turn-1.arrived .text');
    assert.equal(await suite.details.page.locator('.arrived').count(), 1);
  });

  it('opens the tool call if it is in the arguments, the result or the name', async () => {
    await goTo({ part: 'arguments', turn: 41, call: 0 });
    await waitForHighlight('.call[open] section:nth-of-type(1)');
    await goTo({ part: 'result', turn: 41, call: 0 });
    await waitForHighlight('.call[open] section:nth-of-type(2)');
    await goTo({ part: 'name', turn: 41, call: 0 }, 'look_up');
    await waitForHighlight('.call-name');
  });

  it('can be in variables, and leaves the focus unchanged', async () => {
    await suite.details.page.locator('.id .icon-button').focus();
    await goTo({ part: 'message', turn: 40 });
    await goTo({ part: 'variables' });
    await waitForHighlight('.variables.arrived');
    assert.equal(await suite.details.page.locator('.id .icon-button:focus').count(), 1);
  });

  it("is scrolled to once and confirmed, even if it doesn't exist", async () => {
    await goTo({ part: 'message', turn: 40 });
    await suite.details.page.evaluate(() => window.scrollTo(0, 0));
    await suite.details.post({ type: 'goTo', number, place: { part: 'message', turn: 40, found: 'needle' } });
    assert.equal(await suite.scrollTop(), 0);
    await goTo({ part: 'result', turn: 400, call: 7 });
    await goTo({ part: 'result', turn: 41, call: 7 }, 'nowhere');
    assert.deepEqual(
      await suite.details.sentMessages(),
      [1, 1, 2, 3].map((each) => ({ type: 'arrived', number: each })),
    );
    assert.deepEqual(suite.details.problems, []);
  });
});
