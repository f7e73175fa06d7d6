import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { listWrites } from '../core/testing/support';
import { type SampleServer, startSampleServer } from '../support/sampleServer';
import { type CliResult, connectTo, type Environment, Folder, startCli, writeSuite } from './support';

const judgeKey = 'sk-TestJudgeKey-0123456789';

interface JudgeRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Served {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

/** An OpenAI-compatible server on 127.0.0.1. */
class JudgeServer {
  readonly requests: JudgeRequest[] = [];
  respond: () => Served = () => verdict(true);
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      this.requests.push({ url: request.url ?? '', headers: request.headers, body });
      const served = this.respond();
      response.writeHead(served.status ?? 200, { 'content-type': 'application/json', ...served.headers });
      response.end(served.body);
    });
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

const completion = (content: string): Served => ({ body: JSON.stringify({ choices: [{ message: { content } }] }) });
const verdict = (pass: boolean): Served => completion(JSON.stringify({ reason: 'It names 09:20.', pass }));

describe('The judge of the command line', function () {
  this.timeout(60_000);
  let server: SampleServer;
  let judge: JudgeServer;
  let folder: Folder;

  beforeEach(async () => {
    [server, judge] = await Promise.all([startSampleServer(), new JudgeServer().start()]);
    folder = new Folder();
  });
  afterEach(async () => {
    folder.remove();
    await Promise.all([server.close(), judge.close()]);
  });

  const judgeOf = ({ url }: JudgeServer): Environment => ({
    AIPLOYEES_JUDGE_URL: url,
    AIPLOYEES_JUDGE_MODEL: 'small-judge',
    AIPLOYEES_JUDGE_KEY: judgeKey,
  });
  const run = (type = 'llm-rubric', env: Environment = judgeOf(judge)): Promise<CliResult> => {
    const more = `assert: [{ type: ${type}, value: Names a free slot. }]`;
    folder.write(
      'a.conversation.yaml',
      writeSuite([{ description: 'names a slot', turns: [['When is a slot free?']], more }]),
    );
    return startCli(folder.path, ['test', '--json', 'r.json', '--junit', 'r.xml'], connectTo(server, env)).ended;
  };
  const report = (): string => ['r.json', 'r.xml'].map((name) => readFileSync(join(folder.path, name), 'utf8')).join();

  it('passes a test with one request if the model agrees', async () => {
    const { code, stdout, stderr } = await run();
    assert.deepEqual([code, judge.requests.length], [0, 1], stdout + stderr);
    const [{ url, headers, body } = { url: '', headers: {}, body: '{}' }] = judge.requests;
    assert.deepEqual([url, headers.authorization], ['/v1/chat/completions', `Bearer ${judgeKey}`]);
    const { messages, ...options } = JSON.parse(body) as { readonly messages: readonly { readonly content: string }[] };
    assert.deepEqual(options, { model: 'small-judge', temperature: 0, stream: false });
    const prompt = messages[0]?.content ?? '';
    assert.ok(prompt.includes('Names a free slot.') && prompt.includes('When is a slot free?'), prompt);
    assert.match(report(), /"judge": "small-judge"/);
    assert.match(report(), /<property name="judge" value="small-judge"\/>/);
    assert.ok(![stdout, stderr, report()].join().includes(judgeKey));
  });

  it('fails a test if the model disagrees three times, and names its reason', async () => {
    judge.respond = () => verdict(false);
    const { code, stdout } = await run();
    assert.deepEqual([code, judge.requests.length], [1, 3]);
    assert.match(stdout, /Conversation: small-judge judged "no" \(3 of 3\): It names 09:20\./);
  });

  it('passes a test if two later verdicts overrule the first', async () => {
    judge.respond = () => verdict(judge.requests.length > 1);
    const { code } = await run();
    assert.deepEqual([code, judge.requests.length], [0, 3]);
  });

  it('fails a negated rubric if the model agrees', async () => {
    const { code, stdout } = await run('not-llm-rubric');
    assert.deepEqual([code, judge.requests.length], [1, 1]);
    assert.match(stdout, /small-judge judged "yes": It names 09:20\./);
  });

  const problems: readonly (readonly [title: string, served: Served, count: number, message: RegExp])[] = [
    ['its response has no verdict', completion('{"pass": true}'), 2, /its response has no verdict/],
    ['its response is no completion', { body: '{"choices": 5}' }, 1, /isn't a chat completion/],
    ['it returns a web page', { body: '<p>Hi</p>' }, 1, /isn't a chat completion/],
    [
      'it rejects the key and repeats it',
      { status: 401, body: JSON.stringify({ error: { message: `Incorrect API key: ${judgeKey}.` } }) },
      1,
      /responded with 401: Incorrect API key: …\./,
    ],
  ];
  for (const [title, served, count, message] of problems) {
    it(`leaves a test without a verdict if ${title}`, async () => {
      judge.respond = () => served;
      const { code, stdout, stderr } = await run();
      assert.deepEqual([code, judge.requests.length], [3, count], stdout + stderr);
      assert.match(stdout, /No verdict from small-judge: /);
      assert.match(stdout, message);
      assert.ok(![stdout, stderr, report()].join().includes(judgeKey));
    });
  }

  it('gets the key only at its own address', async () => {
    const other = await new JudgeServer().start();
    judge.respond = () => ({ status: 307, headers: { location: `${other.url}/chat/completions` }, body: '' });
    const { code, stdout } = await run();
    assert.deepEqual([code, judge.requests.length, other.requests.length], [3, 1, 0]);
    assert.match(stdout, /it redirects to another address/);
    await other.close();
  });

  it("is reported if it can't be reached", async () => {
    const gone = await new JudgeServer().start();
    const { url } = gone;
    await gone.close();
    const { code, stdout } = await run('llm-rubric', { ...judgeOf(judge), AIPLOYEES_JUDGE_URL: url });
    assert.equal(code, 3);
    assert.match(stdout, /No verdict from small-judge: couldn't reach 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\./);
  });

  for (const [name, value, stderr] of [
    ['AIPLOYEES_JUDGE_MODEL', undefined, /^Set AIPLOYEES_JUDGE_MODEL too/],
    ['AIPLOYEES_JUDGE_URL', '', /^Set AIPLOYEES_JUDGE_URL too/],
    ['AIPLOYEES_JUDGE_URL', 'http://judge.example/v1', /^AIPLOYEES_JUDGE_URL must start with https:/],
    ['AIPLOYEES_JUDGE_URL', 'judge', /^AIPLOYEES_JUDGE_URL isn't a base URL/],
    ['AIPLOYEES_JUDGE_KEY', 'a\nb', /^AIPLOYEES_JUDGE_KEY isn't a key/],
  ] as const) {
    it(`is refused before anything is sent if ${name} is ${JSON.stringify(value) ?? 'missing'}`, async () => {
      const result = await run('llm-rubric', { ...judgeOf(judge), [name]: value });
      assert.equal(result.code, 2, result.stdout);
      assert.match(result.stderr, stderr);
      assert.deepEqual([listWrites(server), judge.requests], [[], []]);
    });
  }

  it('needs no key if its server needs none', async () => {
    const { code } = await run('llm-rubric', { ...judgeOf(judge), AIPLOYEES_JUDGE_KEY: undefined });
    assert.deepEqual([code, judge.requests[0]?.headers.authorization], [0, undefined]);
  });
});
