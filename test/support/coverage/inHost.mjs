// Loaded into an extension host before VS Code's code: a host that a signal ends would write nothing, and VS Code
// replaces `process.exit`. Processes that the host starts aren't measured.
if (process.argv.includes('--type=extensionHost')) {
  const exit = process.exit.bind(process);
  process.once('SIGTERM', () => exit());
  delete process.env.NODE_V8_COVERAGE;
}
