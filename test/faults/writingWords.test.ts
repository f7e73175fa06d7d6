import assert from 'node:assert/strict';
import { sampleBaseUrl } from '../../src/sample/baseUrl';
import { writingWords } from '../../src/shell/words/running';

describe('what is said before a message is sent', () => {
  it('warns of real tools and shows the balance, of an account', () => {
    const said = writingWords({ baseUrl: 'https://call.example/api' }, '$41.25');
    for (const words of ['is real', 'balance: $41.25', "can't delete"]) assert.ok(said.includes(words), words);
  });

  it('warns of nothing real, of sample data', () =>
    assert.equal(
      writingWords({ baseUrl: sampleBaseUrl }, '$41.25'),
      'This is sample data: the replies are made up on this computer, and nothing is booked, sent or charged.',
    ));
});
