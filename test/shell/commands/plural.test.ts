import assert from 'node:assert/strict';
import { env, l10n } from '../../support/vscodeStub';
import { plural } from '../../../src/shell/format/plural';

describe('plural', () => {
  const messages = (count: number): string => plural(count, '1 message', '{0} messages');

  afterEach(() => {
    env.language = 'en';
    l10n.bundle = undefined;
  });

  it('returns the singular only for 1, and fills in the count as the last argument', () => {
    assert.deepEqual([0, 1, 2].map(messages), ['0 messages', '1 message', '2 messages']);
    assert.equal(plural(1, '1 entry in {0}', '{1} entries in {0}', 'labels.json'), '1 entry in labels.json');
    assert.equal(plural(2, '1 entry in {0}', '{1} entries in {0}', 'labels.json'), '2 entries in labels.json');
  });

  it('returns English text without a translation, even in a language without a singular', () => {
    env.language = 'ja';
    assert.equal(messages(1), '1 message');
  });

  it('returns each plural form of a language that has more than two', () => {
    env.language = 'pl';
    l10n.bundle = {
      '1 message': '{0} wiadomość',
      '{0} messages': '{0} wiadomości',
      '{0} messages|few': '{0} wiadomości (few)',
    };
    assert.deepEqual([1, 3, 5].map(messages), ['1 wiadomość', '3 wiadomości (few)', '5 wiadomości']);
  });
});
