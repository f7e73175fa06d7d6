import assert from 'node:assert/strict';
import { formatKeyPrompt } from '../../../src/shell/format/keyring';
import { env, UIKind } from '../../support/vscodeStub';

describe('API key prompt', () => {
  afterEach(() => {
    env.uiKind = UIKind.Desktop;
  });

  it('states in the desktop app that the key is stored in the system keyring', () =>
    assert.match(
      formatKeyPrompt('https://a.test'),
      /^API key for https:\/\/a\.test\. It's stored in the system keyring and /,
    ));

  it('states in a browser that the key may be removed when the window reloads', () => {
    env.uiKind = UIKind.Web;
    const prompt = formatKeyPrompt('https://a.test');
    assert.doesNotMatch(prompt, /keyring/);
    assert.match(prompt, /removed when the window reloads/);
  });

  for (const [name, uiKind] of Object.entries(UIKind))
    it(`states for a session key that it isn't stored (${name})`, () => {
      env.uiKind = uiKind;
      assert.match(formatKeyPrompt('https://a.test', true), /removed when you close this window\.$/);
      assert.doesNotMatch(formatKeyPrompt('https://a.test', true), /stored/);
    });
});
