import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConversationsApi } from '../../src/core/api/api';
import { Accounts } from '../../src/shell/session/accounts';
import { KeyringError, KeyVault } from '../../src/shell/session/keyVault';
import { Session } from '../../src/shell/session/session';
import { apiOf } from '../../src/shell/session/state';
import { FakeKeyring, FakeMemory } from '../core/session/fakes';
import { settle } from '../core/util/manualClock';
import { histories } from './support/histories';
import { apiOver } from './support/shiftingList';

const firstUrl = 'https://call.example/api';

type Step =
  | { readonly does: 'setKey'; readonly key: string; readonly where: 'keyring' | 'session' }
  | { readonly does: 'clearKey' | 'sample' | 'leaveSample' | 'retry' | 'ready' | 'keyChanged' | 'renew' | 'settle' }
  | { readonly does: 'keyring'; readonly mode: FakeKeyring['mode'] }
  | { readonly does: 'address'; readonly url: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('setKey' as const),
      key: fc.constantFrom('ada', 'bob'),
      where: fc.constantFrom('keyring' as const, 'session' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'clearKey' as const,
        'sample' as const,
        'leaveSample' as const,
        'retry' as const,
        'ready' as const,
        'keyChanged' as const,
        'renew' as const,
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('settle' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('keyring' as const),
      mode: fc.constantFrom('works' as const, 'fails' as const, 'hangs' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('address' as const),
      url: fc.constantFrom(firstUrl, 'https://other.example/api', 'http://no.example'),
    }),
  },
);

describe('session with any sequence of changes and keyring responses', () => {
  it('ends in the state of the last change, with only the current client alive', async () => {
    await histories(
      fc.asyncProperty(
        fc.array(step, { maxLength: 15 }),
        fc.constantFrom('key' as const, 'sample' as const, 'noKey' as const),
        async (steps, last) => {
          let baseUrl = firstUrl;
          const keyring = new FakeKeyring();
          const live = new Map<ConversationsApi, string>();
          const reported: unknown[] = [];
          const create = (name: string): ConversationsApi => {
            const api = apiOver(() => Promise.reject(new Error('unexpected request')));
            api.dispose = () => void live.delete(api);
            live.set(api, name);
            return api;
          };
          const vault = new KeyVault(keyring.window(), 1);
          const session = new Session({
            accounts: new Accounts(new FakeMemory(), () => baseUrl),
            vault,
            clients: () =>
              Promise.resolve({
                create: ({ key, baseUrl: url }) => create(`${key} at ${url}`),
                createSample: () => create('sample'),
              }),
            startWithSample: false,
            report: (error) => reported.push(error),
          });
          const pendingWork: Promise<unknown>[] = [];
          const start = (work: Promise<unknown>): void =>
            void pendingWork.push(
              work.catch((error: unknown) =>
                assert.ok(error instanceof KeyringError || /without an address/.test(String(error))),
              ),
            );
          for (const each of steps) {
            if (each.does === 'setKey') start(session.setKey(session.account, each.key, each.where));
            else if (each.does === 'clearKey') start(session.clearKey(session.account));
            else if (each.does === 'sample') start(session.exploreSampleData());
            else if (each.does === 'leaveSample') start(session.leaveSampleData());
            else if (each.does === 'retry') start(session.retry());
            else if (each.does === 'ready') start(session.ready());
            else if (each.does === 'keyChanged') keyring.emit(`aiployees.key:${new URL(baseUrl).origin}`);
            else if (each.does === 'renew') session.renewClient();
            else if (each.does === 'settle') await settle();
            else if (each.does === 'keyring' && each.mode === 'works') keyring.answerPending();
            else if (each.does === 'keyring') keyring.mode = each.mode;
            else {
              baseUrl = (each as { readonly url: string }).url;
              session.updateBaseUrl();
            }
          }
          keyring.answerPending();
          await Promise.all(pendingWork);
          baseUrl = firstUrl;
          session.updateBaseUrl();

          if (last === 'key') await session.setKey(session.account, 'eve', 'session');
          else if (last === 'sample') await session.exploreSampleData();
          else {
            await session.leaveSampleData();
            await session.clearKey(session.account);
          }
          await settle();
          const state = await session.ready();
          const expected = { key: `eve at ${firstUrl}`, sample: 'sample', noKey: undefined }[last];
          assert.equal(state.kind, { key: 'account', sample: 'sample', noKey: 'noKey' }[last]);
          const api = apiOf(state);
          assert.deepEqual([...live.values()], expected === undefined ? [] : [expected]);
          assert.ok(api === undefined || live.has(api));
          assert.deepEqual(reported, []);
          session.dispose();
          vault.dispose();
          assert.equal(live.size, 0);
        },
      ),
    );
  });
});
