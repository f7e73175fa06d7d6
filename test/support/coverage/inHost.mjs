// Loaded into an extension host before VS Code's own code: one that is ended by a signal would write nothing, and VS Code
// takes `process.exit` away. What the host itself starts is not measured.
if (process.argv.includes('--type=extensionHost')) {
  const exit = process.exit.bind(process);
  process.once('SIGTERM', () => exit());
  delete process.env.NODE_V8_COVERAGE;
}
