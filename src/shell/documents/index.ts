// One chunk, loaded when a document is first opened, or comes back after a reload of the window.
export { Comparisons } from './comparisons';
export { ConversationDocuments } from './conversationDocuments';
