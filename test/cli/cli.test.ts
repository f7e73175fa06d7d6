import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '../../src/manifest';
import { listWrites } from '../core/testing/support';
import { checkJunit } from '../core/report/junitRules';
import { parseXml } from '../core/report/xml';
import { type SampleServer, startSampleServer } from '../support/sampleServer';
import { type CliResult, connectTo, type Environment, Folder, startCli, testKey, writeSuite } from './support';

const slots = ['When is a slot free?', 'Shall I book one?'] as const;
const passing = { description: 'finds a slot', turns: [slots] };
const failing = { description: 'promises nothing', turns: [['When is a slot free?', 'I promise']] } as const;
const isMessage = /\/messages$/;

describe('The command line', function () {
  this.timeout(60_000);
  let server: SampleServer;
  let folder: Folder;

  beforeEach(async () => {
    server = await startSampleServer();
    folder = new Folder();
  });
  afterEach(async () => {
    folder.remove();
    await server.close();
  });

  const run = (args: readonly string[], env: Environment = connectTo(server)): Promise<CliResult> =>
    startCli(folder.path, args, env).ended;

  it('ends with 0 if all tests pass, and sends each message once', async () => {
    folder.write(
      'tests/a.conversation.yaml',
      writeSuite([passing, { description: 'books it', turns: [['Yes, please.', 'Booked']] }]),
    );
    const { code, stdout, stderr } = await run(['test']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^2 tests in 1 file: 2 messages in 2 test conversations\n/);
    assert.match(stdout, /\n✓ tests\/a\.conversation\.yaml › finds a slot \(\d+\.\d s\)\n/);
    assert.match(stdout, /\n2 passed \(2 messages, \d+\.\d s\)\n$/);
    assert.deepEqual(listWrites(server), ['create', `send ${slots[0]}`, 'create', 'send Yes, please.']);
    const posts = server.requests.filter(({ path }) => path === '/conversations');
    assert.ok(posts.every(({ body }) => body.includes('"type":"test"')));
    assert.ok(server.requests.every(({ headers }) => headers['authorization'] === `Bearer ${testKey}`));
  });

  it('ends with 1 if a test fails, and shows why and where', async () => {
    folder.write('a.conversation.yaml', writeSuite([failing, passing]));
    const { code, stdout } = await run(['test']);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /✗ a\.conversation\.yaml › promises nothing .*\n {4}Turn 1: .*I promise.*\n {6}at a\.conversation\.yaml:6:\d+\n/,
    );
    assert.match(stdout, /1 passed, 1 failed \(2 messages/);
  });

  it("ends with 3 if no test fails but one couldn't be judged", async () => {
    folder.write('a.conversation.yaml', writeSuite([passing, { description: 'is lost', turns: [['Yes, please.']] }]));
    server.failNext({ match: ({ body }) => body.includes('Yes'), instead: 'disconnect' });
    const { code, stdout } = await run(['test']);
    assert.equal(code, 3);
    assert.match(stdout, /Message 1 has no reply; it may have been delivered\. Nothing is sent twice\./);
    assert.match(stdout, /1 passed, 1 not judged/);
  });

  it('ends with 1 if one test fails and another could not be judged', async () => {
    folder.write('a.conversation.yaml', writeSuite([failing, { description: 'is lost', turns: [['Yes, please.']] }]));
    server.failNext({ match: ({ body }) => body.includes('Yes'), status: 500 });
    assert.equal((await run(['test'])).code, 1);
  });

  it('runs no other test after the key is rejected', async () => {
    folder.write('a.conversation.yaml', writeSuite([passing, failing]));
    server.failNext({ match: isMessage, status: 401 });
    const { code, stdout } = await run(['test']);
    assert.equal(code, 3);
    assert.match(
      stdout,
      /- a\.conversation\.yaml › promises nothing \(Not run\. The server rejected this API key \(401\)\./,
    );
    assert.equal(listWrites(server).length, 2);
  });

  describe('ends with 2 and sends nothing', () => {
    const suite = writeSuite([passing]);
    const broken = 'assistant: Clinic Desk\ntests:\n  - description: a\n    turns: [{ usr: Hi }]\n';
    const cases: readonly {
      readonly title: string;
      readonly args?: readonly string[];
      readonly text?: string;
      readonly env?: Environment;
      readonly stderr: RegExp;
    }[] = [
      { title: 'without a command', args: [], stderr: /^Enter a command: test\./ },
      { title: 'for an unknown command', args: ['list'], stderr: /^Unknown command: list/ },
      { title: 'for an unknown option', args: ['test', '--verify'], stderr: /--verify/ },
      { title: 'for a key in the arguments', args: ['test', '--key', '1|x'], stderr: /--key/ },
      {
        title: 'for a wrong number',
        args: ['test', '--repeat', '21'],
        stderr: /^--repeat must be a number from 1 to 20/,
      },
      { title: 'for too many files at a time', args: ['test', '--parallel', '4'], stderr: /^--parallel must be/ },
      {
        title: 'for a missing file',
        args: ['test', 'b.conversation.yaml'],
        stderr: /^There is no file or folder b\.conv/,
      },
      { title: 'without test files', args: ['test', 'empty'], stderr: /^No \*\.conversation\.yaml files were found/ },
      { title: 'if no test is selected', args: ['test', '--tag', 'none'], stderr: /^No test has these tags/ },
      { title: 'for a broken file', text: broken, stderr: /^a\.conversation\.yaml:4:\d+: error: usr .*\n/ },
      { title: 'for text that is not YAML', text: 'tests: "', stderr: /^a\.conversation\.yaml:1:\d+: error: / },
      { title: 'without a key', env: { AIPLOYEES_API_KEY: '' }, stderr: /^Set AIPLOYEES_API_KEY/ },
      {
        title: 'for a key with odd characters',
        env: { AIPLOYEES_API_KEY: 'a\u0001b' },
        stderr: /^AIPLOYEES_API_KEY isn't/,
      },
      { title: 'without TLS', env: { AIPLOYEES_BASE_URL: 'http://call.example/api' }, stderr: /must start with https/ },
      {
        title: 'for a wrong base URL',
        env: { AIPLOYEES_BASE_URL: 'call' },
        stderr: /^AIPLOYEES_BASE_URL isn't a base URL/,
      },
      {
        title: 'for an unknown assistant',
        args: ['test', '--assistant', 'Nobody'],
        stderr: /no assistant called Nobody/,
      },
      { title: 'for an ambiguous assistant', text: writeSuite([passing], 'Support Assistant'), stderr: /355, 371/ },
      {
        title: 'for too many messages',
        args: ['test', '--repeat', '3', '--max-messages', '2'],
        stderr: /^Up to 3 messages would be sent, but --max-messages allows 2/,
      },
      { title: "if a report can't be written", args: ['test', '--junit', '.'], stderr: /^Couldn't write \./ },
    ];
    for (const { title, args = ['test'], text = suite, env = {}, stderr } of cases) {
      it(title, async () => {
        folder.write('a.conversation.yaml', text).write('empty/b.yaml', suite);
        const result = await run(args, connectTo(server, env));
        assert.match(result.stderr, stderr);
        assert.equal(result.code, 2);
        assert.deepEqual(listWrites(server), []);
      });
    }

    it('if the server rejects the key, or only one of several files is broken', async () => {
      folder.write('a.conversation.yaml', suite);
      server.configure({ acceptedKeys: [] });
      assert.match((await run(['test'])).stderr, /^Couldn't load the assistants\. The server rejected this API key/);
      server.configure({ acceptedKeys: 'any' });
      folder.write('b.conversation.yml', broken);
      assert.equal((await run(['test'])).code, 2);
      assert.deepEqual(listWrites(server), []);
    });
  });

  it('sends nothing with --dry-run, and needs no key', async () => {
    folder.write(
      'a.conversation.yaml',
      writeSuite([passing, { ...failing, more: 'skip: Until the prompt is ready.' }]),
    );
    const { code, stdout } = await run(['test', '--dry-run', '--repeat', '4'], {});
    assert.equal(code, 0);
    assert.deepEqual(stdout.split('\n'), [
      '1 test in 1 file: 4 messages in 4 test conversations',
      '  a.conversation.yaml › finds a slot',
      '  a.conversation.yaml › promises nothing (skipped)',
      '',
    ]);
    assert.equal(server.requests.length, 0);
  });

  it('finds files in folders, but not in node_modules and in folders that start with a dot', async () => {
    const suite = writeSuite([passing]);
    for (const path of ['a/b/c.conversation.yml', 'a/d.conversation.yaml', 'a/e.yaml']) folder.write(path, suite);
    for (const path of ['node_modules/x/f.conversation.yaml', '.git/g.conversation.yaml'])
      folder.write(path, 'broken: [');
    const list = async (...paths: readonly string[]): Promise<string[]> =>
      (await run(['test', '--dry-run', ...paths])).stdout.split('\n').slice(1, -1);
    const all = ['  a/b/c.conversation.yml › finds a slot', '  a/d.conversation.yaml › finds a slot'];
    assert.deepEqual(await list(), all);
    assert.deepEqual(await list('a/b', 'a/b/c.conversation.yml', 'a/d.conversation.yaml'), all);
    assert.deepEqual(await list('a/e.yaml'), ['  a/e.yaml › finds a slot']);
  });

  it('selects tests by tag and description, and the assistant by name', async () => {
    const createTagged = (description: string, tags: string): Parameters<typeof writeSuite>[0][number] => ({
      description,
      turns: [[description]],
      more: `tags: [${tags}]`,
    });
    folder.write(
      'a.conversation.yaml',
      writeSuite([createTagged('First one', 'smoke'), createTagged('Second', 'slow'), createTagged('Third', 'x')]),
    );
    await run([
      'test',
      '--tag',
      'smoke',
      '--tag',
      'slow',
      '--grep',
      'ONE',
      '--assistant',
      'Order Desk',
      '--parallel',
      '1',
    ]);
    assert.deepEqual(listWrites(server), ['create', 'send First one']);
    assert.match(server.requests.find(({ method }) => method === 'POST')?.body ?? '', /7be02f6a/);
  });

  it('repeats tests, and shows the rate', async () => {
    folder.write('a.conversation.yaml', writeSuite([{ ...passing, more: 'repeat: 3\n    mustPass: 2' }]));
    server.failNext({ match: isMessage, status: 500 });
    const { code, stdout } = await run(['test']);
    assert.equal(code, 0);
    assert.match(stdout, /✓ .*2 of 3 runs passed\./);
    assert.match(stdout, /\n {4}Run 1: Message 1 has no reply/);
  });

  it('awaits the reply when it is interrupted, sends nothing else, writes the reports, and ends with 130', async () => {
    folder.write(
      'a.conversation.yaml',
      writeSuite([{ description: 'talks', turns: [['One'], ['Two'], ['Three']] }, failing]),
    );
    const gate = server.hold(({ body }) => body.includes('Two'));
    const cli = startCli(
      folder.path,
      ['test', '--junit', 'out/junit.xml', '--json', 'out/report.json'],
      connectTo(server),
    );
    await gate.waitForRequests();
    cli.process.kill('SIGINT');
    await new Promise<void>((resolve) => cli.process.stderr?.on('data', () => resolve()));
    gate.release();
    const { code, stdout, stderr } = await cli.ended;
    assert.deepEqual([code, stderr], [130, 'Stopping after the reply. Press Ctrl+C again to stop immediately.\n']);
    assert.match(stdout, /talks \(.*Stopped after 2 of 3 messages\.\)/);
    assert.deepEqual(listWrites(server), ['create', 'send One', 'send Two']);
    const report = JSON.parse(readFileSync(join(folder.path, 'out/report.json'), 'utf8')) as {
      tests: readonly { state: string; runs: readonly { turns: readonly unknown[] }[] }[];
    };
    assert.deepEqual(
      report.tests.map(({ state }) => state),
      ['skipped', 'skipped'],
    );
    assert.equal(report.tests[0]?.runs[0]?.turns.length, 3);
    checkJunit(parseXml(readFileSync(join(folder.path, 'out/junit.xml'), 'utf8')));
  });

  it('ends immediately when it is interrupted twice', async () => {
    folder.write('a.conversation.yaml', writeSuite([passing]));
    const gate = server.hold(isMessage);
    const cli = startCli(folder.path, ['test'], connectTo(server));
    await gate.waitForRequests();
    cli.process.kill('SIGINT');
    await new Promise<void>((resolve) => cli.process.stderr?.on('data', () => resolve()));
    cli.process.kill('SIGINT');
    assert.equal((await cli.ended).code, 130);
    assert.equal(listWrites(server).length, 2);
  });

  it('writes the reports even if the receiver of its output ends early', async () => {
    folder.write('a.conversation.yaml', writeSuite([passing]));
    const cli = startCli(folder.path, ['test', '--verbose', '--json', 'report.json'], connectTo(server));
    cli.process.stdout?.destroy();
    assert.equal((await cli.ended).code, 0);
    assert.match(readFileSync(join(folder.path, 'report.json'), 'utf8'), /"passed": 1/);
  });

  it('writes reports without the key and without conversation IDs', async () => {
    folder.write('tests/a.conversation.yaml', writeSuite([passing, failing]));
    const { code } = await run(['test', '--junit', 'junit.xml', '--json', 'deep/er/report.json']);
    assert.equal(code, 1);
    const junit = readFileSync(join(folder.path, 'junit.xml'), 'utf8');
    const json = readFileSync(join(folder.path, 'deep/er/report.json'), 'utf8');
    checkJunit(parseXml(junit));
    assert.match(junit, /<testcase name="finds a slot" classname="tests\/a\.conversation\.yaml"/);
    const { about, tests } = JSON.parse(json) as { about: Record<string, unknown>; tests: Record<string, unknown>[] };
    assert.deepEqual([about['passed'], about['failed'], about['server']], [1, 1, new URL(server.url).host]);
    assert.deepEqual(
      tests.map(({ file, line, description, state }) => [file, line, description, state]),
      [
        ['tests/a.conversation.yaml', 3, 'finds a slot', 'passed'],
        ['tests/a.conversation.yaml', 7, 'promises nothing', 'failed'],
      ],
    );
    const ids = server.requests.flatMap(({ path }) => /^\/conversations\/([^/]+)/.exec(path)?.[1] ?? []);
    assert.equal(ids.length, 2);
    for (const secret of [testKey, 'CommandLineTestKey', ...ids]) {
      assert.ok(!junit.includes(secret) && !json.includes(secret));
    }
  });

  it('writes annotations and a step summary in GitHub Actions, but not elsewhere', async () => {
    folder.write('tests/a.conversation.yaml', writeSuite([failing, passing]));
    const github = connectTo(server, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder.path, 'summary.md') });
    const { code, stdout } = await run(['test'], github);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^::error file=tests\/a\.conversation\.yaml,line=6,col=\d+,title=promises nothing::Turn 1%?[^\n]*I promise/m,
    );
    assert.match(readFileSync(join(folder.path, 'summary.md'), 'utf8'), /\| ❌ failed \| promises nothing \|/);
    assert.doesNotMatch((await run(['test'])).stdout, /^::/m);
  });

  it('prints control characters of replies as codes, and no workflow commands in them', async () => {
    folder.write(
      'a.conversation.yaml',
      writeSuite([{ description: 'is hostile', turns: [['Hi', 'nothing'], ['Bye']] }]),
    );
    const message = '::add-mask::x\n::stop-commands::y\n##[error]z\u001b[31mred\u0007\u009b2J';
    const body = JSON.stringify({
      status: true,
      message,
      function_calls: [{ name: '::a\n::b', arguments: message, result: message }],
    });
    server.failNext({ match: isMessage, status: 200, times: 2, body });
    const env = connectTo(server, { GITHUB_ACTIONS: 'true', FORCE_COLOR: '1' });
    const { stdout, stderr } = await run(['test', '--verbose'], env);
    assert.doesNotMatch(stdout + stderr, /(?!\n)\p{Cc}|##\[/u);
    assert.match(
      stdout,
      /^ {4}\| Assistant: ::add-mask::x\n {4}\| {3}\| ::stop-commands::y\n {4}\| {3}\| ## \[error\]z\\u001b\[31mred\\u0007\\u009b2J$/m,
    );
    for (const line of stdout.split('\n')) assert.match(line, /^(?!\s*::)|^::error file=a\.conversation\.yaml,/);
  });

  it('prints its version and its options', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
      version: string;
    };
    assert.deepEqual(await run(['--version'], {}), { code: 0, stdout: `${version}\n`, stderr: '' });
    const { code, stdout } = await run(['test', '--help'], {});
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: aiployees-conversations test \[files or folders…\] \[options\]\n/);
    assert.ok(settings.baseUrl.default.startsWith('https://'));
  });
});
