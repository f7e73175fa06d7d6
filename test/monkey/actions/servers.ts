import { Chance, choose } from '../chance';
import type { Action } from './action';

const isList = /^\/user\/conversations$/;
const isTranscript = /^\/conversations\//;

export const serverActions: Readonly<Record<string, Action>> = {
  'conversations begin': {
    weight: 4,
    async run({ account }, _screen, [count, seed]) {
      const chance = new Chance(seed * 1000);
      for (let added = 0; added <= count * 5; added += 1) account.add(chance);
    },
  },

  'conversations go on': {
    weight: 4,
    async run({ account }, _screen, [count, seed]) {
      const chance = new Chance(seed * 1000);
      for (let changed = 0; changed <= count * 5; changed += 1) account.change(chance);
    },
  },

  'conversations are deleted': {
    weight: 2,
    async run({ account }, _screen, [count, seed]) {
      const chance = new Chance(seed * 1000);
      for (let removed = 0; removed <= count * 3; removed += 1) account.remove(chance);
    },
  },

  'the server is slow': {
    weight: 2,
    async run({ world }, _screen, [which]) {
      world.hold(which < 0.5 ? isList : isTranscript);
    },
  },

  'the server fails': {
    weight: 2,
    async run(monkey, _screen, [status, times, which]) {
      const kind = choose([500, 503, 404, 'disconnect', 'truncate'] as const, status) ?? 500;
      monkey.note(String(kind));
      monkey.world.fail({
        times: 1 + Math.floor(times * 6),
        match: which < 0.6 ? isList : isTranscript,
        ...(typeof kind === 'number' ? { status: kind } : { instead: kind }),
      });
    },
  },

  'the server recovers': {
    weight: 6,
    async run({ world }) {
      world.recover();
    },
  },
};
