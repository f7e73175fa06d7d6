// One chunk, loaded when a test file is first opened.
export { TestFileEditor } from './editor';
