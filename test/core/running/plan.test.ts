import assert from 'node:assert/strict';
import { planRerun } from '../../../src/core/running/rerun';
import { row, transcript, turn } from './support';

describe('planRerun', () => {
  it("contains the assistant, the variables, and the user's messages", () => {
    const turns = [turn('assistant', 'Hello.'), turn('user', 'One'), turn('system', 'Note'), turn('user', 'Two')];
    assert.deepEqual(planRerun(row(), transcript(turns, { name: 'Ines' })), {
      assistantUuid: 'uuid',
      variables: { name: 'Ines' },
      messages: ['One', 'Two'],
      leftOut: { blank: 0, tooLong: 0 },
    });
  });

  it("uses the row's variables if the transcript has none", () => {
    const userTurns = [turn('user', 'One')];
    const variables = (plan: ReturnType<typeof planRerun>): unknown =>
      typeof plan === 'string' ? plan : plan.variables;
    assert.deepEqual(variables(planRerun(row({ variables: { a: 1 } }), transcript(userTurns))), { a: 1 });
    assert.equal(variables(planRerun(row({ variables: {} }), transcript(userTurns, {}))), undefined);
    assert.equal(variables(planRerun(row(), transcript(userTurns))), undefined);
  });

  it('leaves out and counts messages that the platform would reject', () => {
    const long = '🙂'.repeat(2000);
    const turns = [turn('user', ' \n'), turn('user', ` ${long} `), turn('user', `${long}!`), turn('user', '')];
    const plan = planRerun(row(), transcript(turns));
    assert.ok(typeof plan !== 'string');
    assert.deepEqual([plan.messages, plan.leftOut], [[` ${long} `], { blank: 2, tooLong: 1 }]);
  });

  it('reports why there is nothing to run', () => {
    const withMessage = transcript([turn('user', 'One')]);
    assert.equal(planRerun(undefined, withMessage), 'noAssistant');
    assert.equal(planRerun(row({ assistantId: '' }), withMessage), 'noAssistant');
    assert.equal(planRerun(row(), transcript([])), 'noUserMessages');
    assert.equal(planRerun(row(), transcript([turn('assistant', 'Hello?'), turn('user', ' ')])), 'noUserMessages');
  });
});
