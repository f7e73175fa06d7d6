import { choose } from '../chance';
import { copyByCommand, copyInTree } from '../copying';
import type { Monkey } from '../monkey';
import {
  clickConversation,
  clickGroup,
  command,
  conversations,
  hasTarget,
  others,
  twoSelected,
  type Action,
} from './action';

const treeKeys = [
  'ArrowDown',
  'ArrowDown',
  'ArrowDown',
  'ArrowUp',
  'ArrowUp',
  'ArrowRight',
  'ArrowLeft',
  'Home',
  'End',
  'PageDown',
  'PageUp',
];

export const treeActions: Readonly<Record<string, Action>> = {
  'click a conversation': {
    weight: 14,
    run: (monkey, screen, [at]) => clickConversation(monkey, screen, at),
  },

  'click a group': {
    weight: 7,
    run: (monkey, screen, [at]) => clickGroup(monkey, screen, at),
  },

  'click another row': {
    weight: 4,
    async run(monkey, screen, [at, agrees]) {
      const row = choose(others(monkey, screen), at);
      if (row === undefined) return;
      monkey.note(row.label);
      monkey.highlight = 'moved on';
      await monkey.click(row);
      await monkey.answerQuestion(agrees < 0.7);
    },
  },

  'select several': {
    weight: 4,
    async run(monkey, screen, [first, second, third]) {
      const rows = conversations(monkey, screen);
      const [one, other] = [choose(rows, first), choose(rows, second)];
      if (one === undefined || other === undefined) return;
      monkey.note(`${one.label}, ${other.label}`);
      monkey.highlight = 'moved on';
      await monkey.click(one);
      await monkey.click(other, [third < 0.6 ? 'Control' : 'Shift']);
    },
  },

  'press keys in the tree': {
    weight: 8,
    async run(monkey, _screen, [which, times]) {
      const key = choose(treeKeys, which);
      if (key === undefined || !(await monkey.focusTree())) return;
      const count = 1 + Math.floor(times * 6);
      monkey.note(`${key} ${count} times`);
      monkey.highlight = 'moved on';
      for (let pressed = 0; pressed < count; pressed += 1) await monkey.page.keyboard.press(key);
    },
  },

  'open with a key': {
    weight: 6,
    async run(monkey, _screen, [which, agrees]) {
      if (!(await monkey.focusTree())) return;
      const key = which < 0.5 ? 'Enter' : 'Space';
      const row = (await monkey.settle()).rows?.find(({ focused }) => focused);
      monkey.note(`${key} on ${row?.label ?? 'no row'}`);
      await monkey.page.keyboard.press(key);
      if (row !== undefined) await monkey.opensRow(row);
      await monkey.answerQuestion(agrees < 0.7);
    },
  },

  'copy in the tree': {
    weight: 8,
    async run(monkey) {
      await copyInTree(monkey);
    },
  },

  'scroll the tree': {
    weight: 3,
    async run(monkey, { rows = [] }, [by]) {
      const point = rows.find((row) => row.point !== undefined)?.point;
      if (point === undefined) return;
      await monkey.page.mouse.move(point.x, point.y);
      await monkey.page.mouse.wheel(0, Math.round((by - 0.3) * 4000));
    },
  },

  label: {
    weight: 3,
    when: hasTarget,
    async run(monkey, _screen, [at]) {
      if (await monkey.run('labelConversation')) await monkey.pick(at);
    },
  },
  'select for compare': command(2, 'selectForCompare', hasTarget),
  'compare with selected': command(2, 'compareWithSelected', hasTarget),
  'compare the two selected': command(2, 'compareSelected', twoSelected),

  rerun: {
    weight: 2,
    when: hasTarget,
    async run(monkey, _screen, [agrees]) {
      if (!(await monkey.run('rerun'))) return;
      await monkey.awaitQuestion();
      await monkey.answerQuestion(agrees < 0.8);
    },
  },

  'copy by command': {
    weight: 4,
    when: hasTarget,
    async run(monkey, _screen, [which]) {
      const name =
        choose(['copyId', 'copyId', 'copyAsJson', 'copyAsMarkdown', 'copyAsCurl', 'copyLink'], which) ?? 'copyId';
      monkey.note(name);
      await copyByCommand(monkey, name);
    },
  },
  'open as JSON': openDocuments(1, 'openAsJson'),
  'open as Markdown': openDocuments(0.7, 'openAsMarkdown'),
};

/** Waits for all documents, because VS Code opens them one by one, and the last one would cover a panel of the next action. */
function openDocuments(weight: number, name: string): Action {
  return {
    weight,
    when: hasTarget,
    async run(monkey, { rows = [] }) {
      const ids = rows.filter(({ selected }) => selected).flatMap((row) => monkey.idOf(row) ?? []);
      if (await monkey.run(name))
        await awaitTabs(
          monkey,
          ids.map((id) => `conversation-${id.slice(0, 8)}.`),
        );
    },
  };
}

/** Number of checks without a new tab, each after the screen has settled: a server may be slow. */
const maxChecks = 10;

/** Waits until there are tabs whose titles begin like these. */
async function awaitTabs(monkey: Monkey, beginnings: readonly string[]): Promise<void> {
  let count = 0;
  for (let check = 0; check < maxChecks; check += 1) {
    const { tabs } = await monkey.settle();
    if (beginnings.every((beginning) => tabs.some((tab) => tab.startsWith(beginning)))) return;
    if (tabs.length > count) check = 0;
    count = tabs.length;
  }
}
