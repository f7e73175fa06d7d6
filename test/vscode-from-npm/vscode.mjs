#!/usr/bin/env node
// Takes VS Code's own command line for extension tests, so that @vscode/test-electron can start it in VS Code's place.
import '../../out/test/vscode-from-npm/hostTestWindow.cjs';
