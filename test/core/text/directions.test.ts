import assert from 'node:assert/strict';
import { isolateDirection } from '../../../src/core/text/directions';

describe('isolateDirection', () => {
  it('isolates text with right-to-left letters and leaves other text unchanged', () => {
    for (const text of ['نور', 'שרה כהן', 'Ines נועה', '\u{1e900}'])
      assert.equal(isolateDirection(text), `\u2068${text}\u2069`);
    for (const text of ['', 'Ada 12', 'Zoë', '北京', '🙂', 'नूर']) assert.equal(isolateDirection(text), text);
  });
});
