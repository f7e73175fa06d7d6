import type { ConversationsApi } from '../../../src/core/api/api';
import { createApiClient } from '../../../src/core/api/client';
import { createNodeFetchTransport } from '../../../src/core/api/transport';
import type { RerunContext } from '../../../src/core/running/rerun';
import { TestConversations } from '../../../src/core/running/testConversations';
import type { Failure, TurnResult } from '../../../src/core/testing/result';
import type { TestChecker, TestOptions } from '../../../src/core/testing/runOptions';
import type { Assertion, TestCase, TestSuite, TestTurn } from '../../../src/core/testing/suite';
import { english } from '../../../src/core/text/l10n';
import type { SampleServer } from '../../support/sampleServer';

const nowhere = { start: 0, end: 0 };

/** Expects the text in a reply. */
export function contains(text: string, isNegated = false): Assertion {
  const type = isNegated ? 'not-contains' : 'contains';
  return { kind: 'contains', texts: [text], needs: 'all', ignoresCase: false, type, isNegated, range: nowhere };
}

/** A turn whose reply must contain each text. */
export function sendTurn(user: string, ...texts: readonly string[]): TestTurn {
  return { user, userRange: nowhere, reference: undefined, assertions: texts.map((text) => contains(text)) };
}

export function createTest(change: Partial<TestCase> = {}): TestCase {
  return {
    description: 'books a slot',
    range: nowhere,
    tags: [],
    skip: undefined,
    variables: undefined,
    repeat: 1,
    mustPass: change.repeat ?? 1,
    stopOnFailure: false,
    opening: [],
    turns: [sendTurn('When is a slot free?')],
    assertions: [],
    ...change,
  };
}

export function createSuite(tests: readonly TestCase[], name = 'Clinic Desk'): TestSuite {
  return { description: undefined, assistant: { name, id: undefined }, timeZone: undefined, tests };
}

/** Checks only `contains`. */
export const textChecker: TestChecker = {
  fill: (test) => test,
  checkTurn: (assertions, turn) => checkTexts(assertions, turn.reply.content, turn.number),
  checkConversation: (assertions, turns) => checkTexts(assertions, joinTexts(turns), undefined),
};

function joinTexts(turns: readonly TurnResult[]): string {
  return turns.map(({ reply }) => reply.content).join('\n');
}

function checkTexts(assertions: readonly Assertion[], reply: string, turn: number | undefined): readonly Failure[] {
  return assertions
    .filter((each) => each.kind === 'contains' && each.texts.every((text) => reply.includes(text)) === each.isNegated)
    .map(({ kind, type, range }) => ({ kind, type, turn, range, message: `${type} failed` }));
}

export function createOptions(change: Partial<TestOptions> = {}): TestOptions {
  return {
    checker: textChecker,
    l10n: english,
    describeError: ({ kind }) => `Error: ${kind}.`,
    stop: new AbortController().signal,
    ...change,
  };
}

export interface Connection extends RerunContext {
  readonly api: ConversationsApi;
}

export function connect(server: SampleServer, timeoutMs = 10_000): Connection {
  const transport = createNodeFetchTransport();
  const api = createApiClient({ baseUrl: server.url, key: '1|test-key', transport, timeoutMs, log: () => undefined });
  return { api, tests: new TestConversations() };
}

/** The requests that write, such as `create` and `send Hello`, in order of arrival. */
export function listWrites(server: SampleServer): string[] {
  return server.requests
    .filter(({ method }) => method === 'POST')
    .map(({ path, body }) =>
      path === '/conversations' ? 'create' : `send ${String((JSON.parse(body) as { message: unknown }).message)}`,
    );
}
