import { choose } from '../chance';
import { command, conversations, hasResults, isFiltered, isFollowing, type Action } from './action';

const searchTerms = ['parcel', 'invoice 1', 'ada', 'no such word', '7'];

export const viewActions: Readonly<Record<string, Action>> = {
  'group by': {
    weight: 4,
    async run(monkey, _screen, [at]) {
      monkey.highlight = 'moved on';
      if (await monkey.run('groupBy')) await monkey.pick(at);
    },
  },

  'filter by text': {
    weight: 2,
    async run(monkey, _screen, [which]) {
      const text = choose(['1', 'ada', '2 b', 'assistant 1', 'no such word'], which) ?? '';
      monkey.note(text);
      monkey.highlight = 'moved on';
      if (!(await monkey.run('filter'))) return;
      await monkey.type(text);
      await monkey.workbench.quick.accept();
      await monkey.settle();
    },
  },

  'filter by something': {
    weight: 4,
    async run(monkey, _screen, [part, value, text]) {
      monkey.highlight = 'moved on';
      if (!(await monkey.run('filter'))) return;
      await monkey.pick(part);
      const values = await monkey.picks();
      if (values.length > 0) await monkey.pick(value);
      else await monkey.submit(choose(['2', '5', '0.01', ''], text) ?? '');
    },
  },

  'clear the filter': {
    weight: 4,
    when: isFiltered,
    run: (monkey) => monkey.run('clearFilter'),
  },

  'save the filter': {
    weight: 1,
    when: isFiltered,
    async run(monkey, _screen, [name, place]) {
      if (!(await monkey.run('saveFilter'))) return;
      await monkey.submit(`Filter ${Math.floor(name * 3)}`);
      await monkey.pick(place);
      await monkey.answerQuestion(true);
    },
  },

  'apply a saved filter': {
    weight: 2,
    async run(monkey, _screen, [at]) {
      monkey.highlight = 'moved on';
      if (await monkey.run('applySavedFilter')) await monkey.pick(at);
    },
  },

  'find a conversation': {
    weight: 5,
    async run(monkey, screen, [which, at]) {
      if (!(await monkey.run('findConversation'))) return;
      const known = choose(conversations(monkey, screen), which)?.label ?? 'Ada';
      await monkey.type(which < 0.6 ? known : (choose(searchTerms, which) ?? ''));
      const picked = await monkey.pick(at);
      const id = picked === undefined ? undefined : monkey.account.idOf(picked);
      if (id === undefined) return;
      await monkey.opens(id);
      await monkey.reveals(id);
    },
  },

  'search transcripts': {
    weight: 1.5,
    async run(monkey, _screen, [which]) {
      if (!(await monkey.run('searchTranscripts'))) return;
      await monkey.submit(choose(searchTerms, which) ?? '');
    },
  },
  'stop the search': command(0.7, 'stopSearch', hasResults),
  'continue the search': command(0.7, 'continueSearch', hasResults),
  'clear the search': command(1.5, 'clearSearch', hasResults),

  'load more': {
    weight: 5,
    async run(monkey, _screen, [at]) {
      if (await monkey.run('loadMore')) await monkey.pick(at);
    },
  },
  'load all': command(2, 'loadAll'),

  refresh: {
    weight: 3,
    async run(monkey, _screen, [how]) {
      if (how < 0.5) await monkey.run('refresh');
      else if (await monkey.focusTree()) await monkey.page.keyboard.press('F5');
    },
  },
  reload: command(2, 'reload'),
  follow: command(1, 'follow'),
  'stop following': command(1, 'stopFollowing', isFollowing),
  'mark all as seen': command(0.7, 'markAllSeen'),
  'show usage': command(0.7, 'showUsage'),

  'hide the view': {
    weight: 1.5,
    run: (monkey) => monkey.page.keyboard.press('Control+Shift+e'),
  },

  'show the view': {
    weight: 3,
    run: (monkey) => monkey.showsView(),
  },

  'focus the view': {
    weight: 2,
    async run(monkey) {
      await monkey.runTitle('AIployees: Focus on Conversations View');
    },
  },

  'switch the account': {
    weight: 1.5,
    async run(monkey, _screen, [which]) {
      const index = which < 0.5 ? 0 : 1;
      if (!(await monkey.run('switchAccount'))) return;
      monkey.note(index === 0 ? 'first' : 'second');
      monkey.highlight = 'moved on';
      await monkey.workbench.quick.list.filter({ hasText: monkey.world.accounts[index].server.url }).first().click();
      monkey.current = index;
    },
  },

  'reload the window': {
    weight: 0.4,
    run: (monkey) => monkey.reload(),
  },
};
