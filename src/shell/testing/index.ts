// One chunk, loaded with the workspace's first test file.
export { ConversationTests } from './conversationTests';
export { TestFileEditor } from './editor';
export { handlers } from './saveAsTest';
