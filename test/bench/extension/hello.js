// As Yeoman's generator makes it: one command that says hello.
const vscode = require('vscode');

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand('benchHello.hello', () => {
      vscode.window.showInformationMessage('Hello World!');
    }),
  );
};
