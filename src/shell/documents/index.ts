// One chunk, loaded when a document is first opened or restored.
export { Comparisons } from './comparisons';
export { ConversationDocuments } from './conversationDocuments';
