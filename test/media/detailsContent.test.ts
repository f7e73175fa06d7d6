import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeTranscript } from '../../src/core/api/decodeTranscript';
import type { JsonObject } from '../../src/core/model/json';
import { parse } from '../../src/core/util/parseJson';
import { call, clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('content of the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  it('shows numbers and fields unchanged in variables, tool calls, JSON strings and the raw body', async () => {
    const { page } = suite.details;
    const json = parse(readFileSync('test/fixtures/exact-numbers.json', 'utf8'));
    const decoded = decodeTranscript(json) ?? assert.fail();
    const variables = parse(
      '{"customer_id":1234567890123456789,"price":12.50,"of":{"10":1,"9":2},"qty":1,"qty":2}',
    ) as JsonObject;
    await suite.details.show({ transcript: { ...decoded, variables } });
    await suite.openAll();
    assert.deepEqual(await page.locator('.variables .json-number').allTextContents(), [
      '1234567890123456789',
      '12.50',
      '1',
      '2',
      '1',
      '2',
    ]);
    assert.deepEqual(await page.locator('.variables .json-key').allTextContents(), ['10: ', '9: ']);
    assert.deepEqual(await page.locator('.call .values .json-number').allTextContents(), [
      '9007199254740993',
      '12.50',
      '1e400',
      '-0',
      '1',
      '2',
    ]);
    assert.deepEqual(await page.locator('.call .values th[scope=row]').allTextContents(), [
      'order_id',
      'price',
      'huge',
      'tiny',
      'qty',
      'qty',
    ]);
    assert.ok((await suite.text('.call section:last-of-type')).includes('1790000000000000123'));
    await page.locator('.variables button[data-key]').last().click();
    assert.deepEqual(
      (await suite.details.sentMessages()).flatMap((message) => (message.type === 'copy' ? [message.what] : [])),
      [{ kind: 'variable', name: 'qty', nth: 1 }],
    );
    await page.keyboard.press('3');
    await suite.details.post({
      type: 'raw',
      number: 1,
      raw: parse('{"order_id":9007199254740993,"qty":1,"qty":2,"text":"[12.50]"}'),
    });
    await page.locator('.raw').getByText('order_id').waitFor();
    assert.deepEqual(await page.locator('.raw > .json > .json-leaf .json-number').allTextContents(), [
      '9007199254740993',
      '1',
      '2',
    ]);
    await page.locator('.raw .json-branch > summary').click();
    await page.locator('.raw .json-children').getByText('12.50').waitFor();
  });

  describe('untrusted text', () => {
    const payloads = [
      '<script>window.hacked = 1</script>',
      '<img src="/hacked" onerror="window.hacked = 1">',
      '<style>body { display: none }</style>',
      '[click](javascript:window.hacked=1) ![x](http://127.0.0.1:9/hacked.png)',
      '"><svg onload="window.hacked = 1">',
      '{{constructor.constructor("window.hacked = 1")()}}',
    ];
    const payload = payloads.join(' ');

    it('is only text everywhere, without scripts or requests', async () => {
      await suite.details.show({
        row: conversation({
          id: `id${payload}`,
          assistantName: payload,
          type: payload,
          customer: { name: payload, phone: payload },
          whatsappSender: { name: payload, phone: undefined },
          externalIdentifier: payload,
          variables: { [payload]: payload, deep: { [payload]: [payload] } },
          createdAt: payload,
        }),
        transcript: transcript([
          turn(
            payload,
            payload,
            call(payload, { [payload]: payload }, { error: payload }),
            call('json', payload, JSON.stringify({ [payload]: [payload] })),
          ),
        ]),
        notices: [{ severity: 'error', message: payload, actions: [] }],
      });
      await suite.openAll();
      await suite.details.page.locator('.json-branch > summary').first().click();
      assert.equal(await suite.text('.turn .text'), payload);
      assert.equal(await suite.text('.notice p'), payload);
      assert.equal(await suite.details.page.evaluate(() => 'hacked' in window), false);
      assert.equal(
        await suite.details.page.locator(':is(header, main) :is(img, script, style, svg:not(.codicon))').count(),
        0,
      );
      assert.deepEqual(suite.details.problems, []);
      assert.deepEqual(
        suite.details.requestedUrls.map((address) => new URL(address).pathname),
        ['/', '/details-markdown.js'],
      );
    });

    it("can't run as an inline script because of the content security policy", async () => {
      await suite.details.page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.hacked = 1';
        document.body.append(script);
        const image = document.createElement('img');
        image.src = 'http://127.0.0.1:9/hacked.png';
        document.body.append(image);
      });
      assert.equal(await suite.details.page.evaluate(() => 'hacked' in window), false);
      assert.equal(
        suite.details.problems.some((complaint) => complaint.includes('Content Security Policy')),
        true,
      );
    });

    it('has visible control and bidirectional characters', async () => {
      await suite.details.show({ transcript: transcript([turn('user', 'invoice\u202egnp.exe\u0000')]) });
      assert.equal(await suite.text('.turn .text'), 'invoice⟨U+202E⟩gnp.exe⟨U+0000⟩');
    });

    it('is shown in its own direction', async () => {
      await suite.details.show({ transcript: transcript([turn('user', 'مرحبا بالعالم'), turn('assistant', 'Hello')]) });
      const directions = await suite.details.page
        .locator('.text')
        .evaluateAll((texts) => texts.map((each) => getComputedStyle(each).direction));
      assert.deepEqual(directions, ['rtl', 'ltr']);
    });
  });

  describe('header', () => {
    it('shows only known facts', async () => {
      await suite.details.show({
        row: conversation({ customer: { name: 'Ines M.', phone: undefined }, messageCount: undefined }),
      });
      assert.equal(await suite.text('h1'), 'Ines M.');
      assert.equal(await suite.details.page.title(), 'Ines M.');
      assert.equal(await suite.text('.age'), '2 hr ago, Mon, 23 Nov 2026, 09:14:03 UTC (sent as 2026-11-23 09:14:03)');
      const facts = await suite.details.page.locator('.fact dt').allTextContents();
      assert.deepEqual(facts, ['Cost', 'AI', 'Created', 'Updated', 'Customer']);
      assert.equal(await suite.details.page.locator('.variables table').count(), 0);
    });

    it('gets its facts when the row is loaded, and keeps the focus', async () => {
      await suite.details.show({ id: conversation().id, transcript: clinic });
      assert.equal(await suite.details.page.locator('.fact').count(), 0);
      await suite.details.page.locator('.id .icon-button').focus();
      await suite.details.show({ row: conversation(), transcript: clinic });
      assert.equal(await suite.details.page.locator('.fact').count(), 5);
      assert.equal(
        await suite.details.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
        'Copy Conversation ID',
      );
    });

    it('shows variables in a table, and nested ones as a tree', async () => {
      await suite.details.show({
        row: conversation({ variables: { plan: 'gold', visits: 3, address: { city: 'Berlin' }, none: null } }),
      });
      const rows = await suite.details.page.locator('.variables tbody tr').allTextContents();
      assert.deepEqual(rows, ['plan"gold"', 'visits3', 'addresscity: "Berlin"', 'nonenull']);
    });
  });

  describe('tool calls', () => {
    it('show arguments, result and failure on one line', async () => {
      await suite.details.show({ transcript: clinic });
      const lines = await suite.details.page.locator('.call > summary').allTextContents();
      assert.deepEqual(lines, [
        'Tool call find_slots(doctor: okoro, day: 2026-11-27, length: 30)→ slots: [09:20, 11:40], timezone: Europe/Berlin',
        'Tool call read_profile→ patient: {name: Ines, insured: true, visits: [{on: 2026-03-01}, {on: 2026-08-14}]}',
        'Tool call book_slot(slot: 11:40, note: null)Failed: The slot 11:40 was taken a minute ago.',
      ]);
      assert.equal(await suite.details.page.locator('.call.failed').count(), 1);
    });

    it('render their content when they are opened, level by level', async () => {
      const rows = Array.from({ length: 250 }, (_, index) => ({ index, deep: { name: `n${index}` } }));
      await suite.details.show({ transcript: transcript([turn('assistant', '', call('list', {}, { rows }))]) });
      assert.equal(await suite.details.page.locator('.call-body').count(), 0);
      await suite.openAll();
      assert.equal(await suite.text('.call-body .quiet'), 'No arguments.');
      assert.equal(await suite.details.page.locator('.json-children').count(), 0);
      await suite.details.page.locator('.json-branch > summary').first().click();
      const items = suite.details.page.locator('.json-children > .json-branch');
      await items.first().waitFor();
      assert.equal(await items.count(), 100);
      assert.equal(await suite.details.page.locator('.json-children .json-children').count(), 0);
      const more = suite.details.page.locator('.json-children > .link-button');
      assert.equal(await more.textContent(), 'Show 100 more (150 left)');
      await more.click();
      assert.equal(await items.count(), 200);
      assert.match(await suite.focusedText(), /^100: 2 fields/);
      await more.click();
      assert.equal(await items.count(), 250);
      assert.equal(await more.count(), 0);
    });

    it('decode JSON inside strings at any depth, and mark it as decoded', async () => {
      const inner = JSON.stringify({ city: 'Berlin' });
      await suite.details.show({
        transcript: transcript([
          turn('assistant', '', call('f', JSON.stringify({ q: 'x' }), { address: inner, plain: '12' })),
        ]),
      });
      await suite.openAll();
      assert.equal(await suite.text('.decoded-arguments'), 'decodedArgumentValueq"x"');
      assert.match(await suite.text('.json-branch > summary'), /^address: 1 fielddecoded/);
      await suite.details.page.locator('.json-branch > summary').click();
      await suite.details.page.locator('.json-children').waitFor();
      assert.equal(await suite.text('.json-children'), 'city: "Berlin"');
      assert.equal(await suite.text('.json > .json-leaf'), 'plain: "12"');
    });

    it('distinguish a missing result from null', async () => {
      await suite.details.show({
        transcript: transcript([turn('assistant', '', call('a', null, undefined), call('b', null, null))]),
      });
      await suite.openAll();
      const results = await suite.details.page.locator('.call-body > section:nth-child(2)').allTextContents();
      assert.deepEqual(results, ['ResultNo result.', 'Resultnull']);
    });
  });

  describe('long text', () => {
    it('is shortened with its size, and can be expanded', async () => {
      const long = 'word '.repeat(40_000);
      await suite.details.show({ transcript: transcript([turn('user', long), turn('assistant', 'ok')]) });
      const more = suite.details.page.locator('.text .link-button');
      assert.equal(await more.textContent(), 'Show all (200 kB)');
      assert.equal((await suite.text('.turn .text')).length < 3000, true);
      await more.click();
      assert.equal(await suite.text('.turn .text > span'), long);
      assert.equal(await more.count(), 0);
    });

    it('is shortened in a result', async () => {
      await suite.details.show({
        transcript: transcript([turn('assistant', '', call('read', {}, { page: 'x'.repeat(5000) }))]),
      });
      await suite.openAll();
      await suite.details.page.locator('.json-string .link-button').click();
      assert.equal((await suite.text('.json-string')).trim(), `"${'x'.repeat(5000)}"`);
    });

    it('of many turns is complete', async () => {
      const turns = Array.from({ length: 400 }, (_, index) =>
        turn(index % 2 === 0 ? 'assistant' : 'user', `Turn ${index}`),
      );
      await suite.details.show({ transcript: transcript(turns) });
      assert.equal(await suite.details.page.locator('.turn').count(), 400);
      assert.equal(await suite.text('#turn-400 .text'), 'Turn 399');
    });
  });
});
