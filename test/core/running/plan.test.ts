import assert from 'node:assert/strict';
import { planRerun } from '../../../src/core/running/rerun';
import { row, transcript, turn } from './support';

describe('planRerun', () => {
  it('takes the assistant, the variables and what the user said', () => {
    const turns = [turn('assistant', 'Hello.'), turn('user', 'One'), turn('system', 'Note'), turn('user', 'Two')];
    assert.deepEqual(planRerun(row(), transcript(turns, { name: 'Ines' })), {
      assistantUuid: 'uuid',
      variables: { name: 'Ines' },
      messages: ['One', 'Two'],
      leftOut: { blank: 0, tooLong: 0 },
    });
  });

  it('takes the row’s variables where the transcript has none, and none where there are none', () => {
    const said = [turn('user', 'One')];
    const variables = (of: ReturnType<typeof planRerun>): unknown => (typeof of === 'string' ? of : of.variables);
    assert.deepEqual(variables(planRerun(row({ variables: { a: 1 } }), transcript(said))), { a: 1 });
    assert.equal(variables(planRerun(row({ variables: {} }), transcript(said, {}))), undefined);
    assert.equal(variables(planRerun(row(), transcript(said))), undefined);
  });

  it('leaves out what the platform would not take, and counts it', () => {
    const long = '🙂'.repeat(2000);
    const turns = [turn('user', ' \n'), turn('user', ` ${long} `), turn('user', `${long}!`), turn('user', '')];
    const plan = planRerun(row(), transcript(turns));
    assert.ok(typeof plan !== 'string');
    assert.deepEqual([plan.messages, plan.leftOut], [[` ${long} `], { blank: 2, tooLong: 1 }]);
  });

  it('says why there is nothing to run', () => {
    const said = transcript([turn('user', 'One')]);
    assert.equal(planRerun(undefined, said), 'noAssistant');
    assert.equal(planRerun(row({ assistantId: '' }), said), 'noAssistant');
    assert.equal(planRerun(row(), transcript([])), 'noUserMessages');
    assert.equal(planRerun(row(), transcript([turn('assistant', 'Hello?'), turn('user', ' ')])), 'noUserMessages');
  });
});
