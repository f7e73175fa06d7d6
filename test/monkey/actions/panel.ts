import { choose } from '../chance';
import { command, hasPage, hasTarget, send, type Action } from './action';

const panelKeys = ['j', 'k', 'f', 'e', 'c', '1', '2', '3', 'm', '?', 'Escape', 'End', 'Home', 'PageDown'];

export const panelActions: Readonly<Record<string, Action>> = {
  note: {
    weight: 1,
    when: hasTarget,
    async run(monkey, _screen, [at]) {
      if (!(await monkey.run('editNote'))) return;
      await monkey.settle();
      await monkey.page.keyboard.type(`note ${Math.floor(at * 100)}`);
    },
  },

  'start a test conversation': {
    weight: 2,
    async run(monkey, _screen, [at, agrees, message]) {
      if (!(await monkey.run('newTestConversation'))) return;
      await monkey.pick(at);
      await monkey.answerQuestion(agrees < 0.8);
      await monkey.settle();
      await send(monkey, `Where is parcel ${Math.floor(message * 1000)}?`);
    },
  },

  'send a message': {
    weight: 2,
    when: hasPage,
    async run(monkey, _screen, [message, agrees]) {
      await send(monkey, `Hello ${Math.floor(message * 1000)}`);
      await monkey.answerQuestion(agrees < 0.8);
    },
  },

  'next or previous conversation in the panel': {
    weight: 6,
    when: hasPage,
    async run(monkey, _screen, [which, times]) {
      if (!(await monkey.panel.focus())) return;
      monkey.note(which < 0.6 ? 'next' : 'previous');
      for (let pressed = 0; pressed <= times * 2; pressed += 1) {
        const before = await monkey.panel.read();
        await monkey.page.keyboard.press(which < 0.6 ? 'n' : 'p');
        await monkey.settle();
        const after = await monkey.panel.read();
        if (after !== undefined && after.id !== before?.id) await monkey.reveals(after.id);
      }
    },
  },

  'press a key in the panel': {
    weight: 4,
    when: hasPage,
    async run(monkey, _screen, [which]) {
      const key = choose(panelKeys, which);
      if (key === undefined || !(await monkey.panel.focus())) return;
      monkey.note(key);
      await monkey.page.keyboard.press(key);
    },
  },
  'next conversation by command': command(1, 'nextConversation', hasPage),

  'reveal the conversation': {
    weight: 2,
    when: hasPage,
    async run(monkey) {
      const shown = await monkey.panel.read();
      if (!(await monkey.run('revealInTree'))) return;
      await monkey.showsView();
      await monkey.reveals(shown?.id);
    },
  },
  'reload the conversation': command(1.5, 'reloadConversation', hasPage),
  'keep it open': command(1.5, 'keepOpen', hasPage),

  'close a tab': {
    weight: 2,
    run: (monkey) => monkey.runTitle('View: Close Editor'),
  },

  'close all tabs': {
    weight: 1.5,
    run: (monkey) => monkey.runTitle('View: Close All Editors'),
  },
};
