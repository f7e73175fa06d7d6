import assert from 'node:assert/strict';
import { keyPrompt } from '../../../src/shell/words/keyring';
import { env, UIKind } from '../../support/vscodeWords';

describe('the prompt for an API key', () => {
  afterEach(() => {
    env.uiKind = UIKind.Desktop;
  });

  it('promises the system keyring in the desktop app', () =>
    assert.match(
      keyPrompt('https://a.test'),
      /^API key for https:\/\/a\.test\. It's stored in the system keyring and /,
    ));

  it('says in a browser that the key may be removed when the window reloads', () => {
    env.uiKind = UIKind.Web;
    const words = keyPrompt('https://a.test');
    assert.doesNotMatch(words, /keyring/);
    assert.match(words, /removed when the window reloads/);
  });

  for (const [name, uiKind] of Object.entries(UIKind))
    it(`says in ${name} of a key for this session that it isn't stored`, () => {
      env.uiKind = uiKind;
      assert.match(keyPrompt('https://a.test', true), /removed when you close this window\.$/);
      assert.doesNotMatch(keyPrompt('https://a.test', true), /stored/);
    });
});
