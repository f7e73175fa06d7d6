import assert from 'node:assert/strict';
import { signIn } from '../support/ui/conversationsView';
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
    await testing.run('Orders');
    const detail = await answer(workbench, 'Run 2 tests with Order Desk?', 'Run');
    assert.ok(detail.includes('Sends 3 messages. Creates 2 test conversations.'), detail);
    await testing.stateIs('finds a parcel', 'Passed');
    await testing.stateIs('promises no refund', 'Failed');
    assert.deepEqual(listMessages(server), ['Where is my parcel?', 'Hello.', 'I want my money back.']);
    assert.deepEqual(listCreatedTypes(server), ['test', 'test']);

    // The first failure is shown at its expectation, and the reply at the user's message.
    await testing.openSource('promises no refund');
    await testing.lineShows('not-icontains', 'Turn 2: the text contains');
    await testing.lineShows('I want my money back.', 'refund it because you paid');
    await testing.lineShows('tool-succeeds', 'refund_order failed');

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

test('A window without conversation tests has no Testing view', async ({ workbench }) => {
  await workbench.openContainer();
  assert.equal(await workbench.page.locator('.part.activitybar .action-label.codicon-test-view-icon').count(), 0);
});
