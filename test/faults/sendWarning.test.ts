import assert from 'node:assert/strict';
import { sampleBaseUrl } from '../../src/sample/baseUrl';
import { formatSendWarning } from '../../src/shell/format/running';

describe('warning before a message is sent', () => {
  it('mentions real tool calls and the balance for an account', () => {
    const warning = formatSendWarning({ baseUrl: 'https://call.example/api' }, '$41.25');
    for (const part of ['is real', 'balance: $41.25', "can't delete"]) assert.ok(warning.includes(part), part);
  });

  it('says for sample data that nothing is real', () =>
    assert.equal(
      formatSendWarning({ baseUrl: sampleBaseUrl }, '$41.25'),
      'This is sample data: the replies are made up on this computer, and nothing is booked, sent or charged.',
    ));
});
