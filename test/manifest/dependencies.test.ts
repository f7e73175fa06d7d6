import assert from 'node:assert/strict';
import { forbiddenImports, collectImports } from './importRules';
import { sources } from './sources';

describe('The dependency table', () => {
  it('is respected by every file of src and media', () => {
    const files = [...sources('src'), ...sources('media')];
    assert.ok(files.length > 50, `only ${files.length} files found`);
    assert.deepEqual(forbiddenImports(files), []);
  });

  const violations: readonly (readonly [path: string, text: string, message: RegExp])[] = [
    ['src/core/util/a.ts', "import * as vscode from 'vscode';", /a\.ts imports vscode, which src\/core\/util may not/],
    ['src/core/model/a.ts', "import type { Client } from '../api/client';", /imports src\/core\/api\/client/],
    ['src/core/view/a.ts', "export { Store } from '../store/store';", /imports src\/core\/store\/store/],
    ['src/core/text/a.ts', "const later = await import('../view/tree');", /imports src\/core\/view\/tree/],
    ['src/sample/a.ts', "let client: import('../core/api/client').Client;", /imports src\/core\/api\/client/],
    ['src/core/api/a.ts', "const fs = require('vscode');", /imports vscode/],
    ['media/details/a.ts', "import '../../src/shell/log';", /imports src\/shell\/log/],
    ['media/details/a.ts', "import { readFileSync } from 'node:fs';", /imports node:fs/],
    ['src/shell/tree/a.ts', "import '../details/panel';", /one feature of the shell never imports another/],
    ['src/shell/a.ts', "import '../extension';", /imports src\/extension/],
    ['src/shell/a.ts', "import 'left-pad';", /imports left-pad/],
    ['src/stray/a.ts', "import 'vscode';", /in no module/],
  ];
  for (const [path, text, message] of violations) {
    it(`forbids ${text} in ${path}`, () => {
      const errors = forbiddenImports([{ path, text }]);
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', message);
    });
  }

  it('allows the imports that it names', () => {
    const text =
      "import { a } from '../model/a'; import './b'; import 'node:path'; export * from '../text/c'; import type { S } from '../store/snapshot';";
    assert.deepEqual(forbiddenImports([{ path: 'src/core/view/a.ts', text }]), []);
    assert.equal(collectImports({ path: 'a.ts', text }).length, 5);
  });
});
