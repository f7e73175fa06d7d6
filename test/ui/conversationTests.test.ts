import assert from 'node:assert/strict';
import { showConversations, signIn } from '../support/ui/conversationsView';
import { answer, waitForQuestion } from '../support/ui/dialog';
import { expect, test } from '../support/ui/fixtures';
import type { SampleServer } from '../support/sampleServer';
import { trustFolder } from '../support/ui/trust';
import { TestingView } from '../support/workbench/testingView';

const file = 'tests/orders.conversation.yaml';
const orders = `description: Orders
assistant: Order Desk
tests:
  - description: finds a parcel
    turns:
      - user: Where is my parcel?
        assert:
          - { type: tool-used, value: track_parcel }
  - description: promises no refund
    turns:
      - user: Hello.
      - user: I want my money back.
        assert:
          - { type: not-icontains, value: couldn't }
          - { type: tool-succeeds }
`;

test.describe('Conversation tests', () => {
  test.use({
    folder: async ({ workspace }, use) => {
      await workspace.write(file, orders);
      await use(workspace.path);
    },
  });

  const listMessages = (server: SampleServer): string[] =>
    server.requests
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
      .map(({ body }) => (JSON.parse(body) as { readonly message: string }).message);
  const listCreatedTypes = (server: SampleServer): unknown[] =>
    server.requests
      .filter(({ method, path }) => method === 'POST' && path === '/conversations')
      .map(({ body }) => (JSON.parse(body) as { readonly type: string }).type);

  test('are listed, run after one question, and judged at their lines', async ({ server, workbench }) => {
    const testing = new TestingView(workbench);
    await signIn(workbench);
    await trustFolder(workbench);
    await testing.open();
    await testing.expand(file, 'Orders');
    await testing.rowsAre(['Orders', 'finds a parcel', 'promises no refund']);
    await testing.openSource('promises no refund');
    await testing.run('Orders');
    const detail = await answer(workbench, 'Run 2 tests with Order Desk?', 'Run');
    assert.ok(detail.includes('Sends 3 messages. Creates 2 test conversations.'), detail);
    await testing.stateIs('finds a parcel', 'Passed');
    await testing.stateIs('promises no refund', 'Failed');
    assert.deepEqual(listMessages(server), ['Where is my parcel?', 'Hello.', 'I want my money back.']);
    assert.deepEqual(listCreatedTypes(server), ['test', 'test']);

    // The first failure is shown at its expectation, and the reply at the user's message.
    await testing.lineShows('not-icontains', 'Turn 2: the text contains');
    await testing.lineShows('I want my money back.', 'refund it because you paid');
    await testing.lineShows('tool-succeeds', 'refund_order failed');

    await testing.choose('promises no refund', 'Open Conversation of Test');
    const page = await workbench.detailsFrame();
    await page.getByText('I want my money back.').first().waitFor();

    // The question isn't repeated in this window.
    await testing.run('finds a parcel');
    await expect.poll(() => listMessages(server).length).toBe(4);
    await testing.stateIs('finds a parcel', 'Passed');
  });

  test('send nothing if the question is declined, and nothing without an API key', async ({ server, workbench }) => {
    const testing = new TestingView(workbench);
    await trustFolder(workbench);
    await testing.open();
    await testing.expand(file, 'Orders');
    await testing.run('Orders');
    await testing.stateIs('finds a parcel', 'Errored');
    await signIn(workbench);
    await testing.open();
    await testing.run('Orders');
    await waitForQuestion(workbench, 'Run 2 tests with Order Desk?');
    await workbench.press('Escape');
    await testing.stateIs('finds a parcel', 'Skipped');
    assert.deepEqual(listMessages(server), []);
    assert.deepEqual(listCreatedTypes(server), []);
  });

  test('show why a file is broken, and come back when it is corrected', async ({ workbench, workspace }) => {
    const testing = new TestingView(workbench);
    await testing.open();
    await testing.expand(file, 'Orders');
    await testing.rowsAre(['Orders', 'finds a parcel', 'promises no refund']);
    await workspace.write(file, orders.replace('tool-used', 'tool-usd'));
    await testing.errorIs(/^Line 8: /);
    await workspace.write(file, orders.replace('finds a parcel', 'tracks a parcel'));
    await testing.rowsAre(['Orders', 'tracks a parcel', 'promises no refund']);
    await workspace.delete(file);
    await testing.rowsAre([]);
  });
});

test.describe('Save as Test…', () => {
  test.use({ folder: async ({ workspace }, use) => use(workspace.path), sample: 'empty' });

  test('writes a conversation to a new file, adds another one to it, and runs them', async ({
    server,
    workbench,
    workspace,
  }) => {
    const history = [
      { role: 'user', content: 'Where is my parcel?' },
      { role: 'assistant', content: 'Call +49 171 2345678.' },
    ];
    const order = { type: 'widget', assistant: 'shop', history } as const;
    const ada = server.addConversation({ ...order, customer: { name: 'Ada', phone: '+491712345678' } });
    server.addConversation({ ...order, type: 'test', customer: { name: 'Bea', phone: '+493055555' } });
    await showConversations(workbench);
    await trustFolder(workbench);
    await workbench.openContainer();
    await workbench.tree.expand('Widget');
    await workbench.tree.expand('Order Desk');
    await workbench.tree.contextMenu('Ada', 'Save as Test…');
    await workbench.notifications.read('Saved 1 test. Phone numbers are masked.');
    const saved = await workspace.read('tests/order-desk.conversation.yaml');
    assert.match(saved, /^assistant: Order Desk\ntests:\n {2}- description: Where is my parcel\?\n/);
    assert.ok(!saved.includes(ada.id) && !saved.includes('2345678'), saved);
    await workbench.notifications.clear();

    await workbench.tree.contextMenu('Bea', 'Save as Test…');
    await workbench.quick.choose('tests/order-desk.conversation.yaml');
    await workbench.notifications.read('Saved 1 test.');
    const both = await workspace.read('tests/order-desk.conversation.yaml');
    assert.ok(both.startsWith(saved.trimEnd()), both);
    await workbench.notifications.press('Saved 1 test.', 'Run Tests');
    await answer(workbench, 'Run 2 tests with Order Desk?', 'Run');
    await expect
      .poll(() => server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages')).length)
      .toBe(2);
  });
});

test('A window without conversation tests has no Testing view', async ({ workbench }) => {
  await workbench.openContainer();
  assert.equal(await workbench.page.locator('.part.activitybar .action-label.codicon-test-view-icon').count(), 0);
});
