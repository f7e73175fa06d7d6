import assert from 'node:assert/strict';
import { eventually } from '../support/host';
import { startSampleServer, type SampleServer } from '../support/sampleServer';
import { signIn } from '../support/ui/conversationsView';
import { useVsCode } from '../support/ui/fixture';

const bearerOf = ({ requests }: SampleServer): string | undefined => requests[0]?.headers['authorization'];
const marked = 'Sample data: these conversations are made up';

describe('Sample data', () => {
  let server: SampleServer;
  before('start the sample server', async () => void (server = await startSampleServer()));
  beforeEach(() => server.forgetRequests());
  after('end the sample server', () => server.close());
  const vscode = useVsCode({ settings: () => ({ 'aiployees.baseUrl': server.url }) });

  it('is a button away without a key, plainly marked, outlives a reload, and is left in one click', async () => {
    const { workbench, window } = vscode;
    const { tree } = workbench;
    await workbench.openContainer();
    await eventually(async () => assert.ok(await workbench.welcome()));
    await workbench.pressWelcomeButton('Explore sample data');
    await tree.read(/^Load More/);
    await eventually(async () => assert.equal(await workbench.viewMessage(), marked));

    await tree.expand('Clinic Desk');
    await tree.click('Chiara Conti');
    const frame = await workbench.detailsFrame();
    await frame.locator('.turns').waitFor();

    await window.reload();
    await workbench.openContainer();
    await eventually(async () => assert.equal(await workbench.viewMessage(), marked));

    await workbench.titleAction('Exit Sample Data');
    await eventually(async () => assert.ok((await workbench.welcome())?.buttons.includes('Set API Key')));
    await eventually(async () => assert.deepEqual([await workbench.viewMessage(), await tree.rows()], ['', []]));
    assert.deepEqual(server.requests, [], 'no server was asked');
  });

  it('stands in for an account for a while, which is then there as before', async () => {
    const { workbench } = vscode;
    const { tree } = workbench;
    // The sample data in the extension has one less.
    server.addConversation({ type: 'test' });
    await signIn(workbench);
    await workbench.openContainer();
    await tree.read('Load More (30 of 51)');
    assert.ok(!(await workbench.titleActions()).includes('Exit Sample Data'));

    await workbench.moreAction('Explore Sample Data');
    await eventually(async () => assert.equal(await workbench.viewMessage(), marked));
    await tree.read(/^Load More/);
    server.forgetRequests();
    await workbench.run('Aiployees: Reload All');
    await tree.read(/^Load More/);
    assert.deepEqual(server.requests, []);

    await workbench.titleAction('Exit Sample Data');
    await server.answered('/user/conversations');
    await tree.read('Load More (30 of 51)');
    await eventually(async () => assert.equal(await workbench.viewMessage(), ''));
    assert.equal(bearerOf(server), 'Bearer 7|a-key-of-the-tests', 'without asking for the key again');
  });
});
