#!/usr/bin/env node
// Accepts VS Code's command line for extension tests, so that @vscode/test-electron can start it as VS Code.
import '../../out/test/vscode-from-npm/hostTestWindow.cjs';
