import assert from 'node:assert/strict';
import { diskCodeOf, diskReason } from '../../src/shell/words/disk';
import { diskWords } from '../../src/shell/words/exporting';

const withCode = (code: unknown, message: string): Error => Object.assign(new Error(message), { code });

/** What a disk fails with: by Node, and by VS Code in words of its own. */
const failures: Readonly<
  Record<string, { readonly error: unknown; readonly code: string | undefined; readonly reason: RegExp }>
> = {
  'full, by Node': {
    error: withCode('ENOSPC', 'ENOSPC: no space left on device, write'),
    code: 'ENOSPC',
    reason: /^the disk is full$/,
  },
  'full, by VS Code': {
    error: withCode(
      'Unknown',
      "Unable to write file '/home/ada/secret.json' (Unknown (FileSystemError): Error: ENOSPC: no space left on device, open '/home/ada/secret.json')",
    ),
    code: 'ENOSPC',
    reason: /^the disk is full$/,
  },
  'over its quota': {
    error: withCode('Unavailable', "EDQUOT: quota exceeded, open '/home/ada/secret.json'"),
    code: 'EDQUOT',
    reason: /^the disk is full$/,
  },
  'a disk to read from': {
    error: withCode('EROFS', "EROFS: read-only file system, open '/home/ada/secret.json'"),
    code: 'EROFS',
    reason: /^the folder is read-only$/,
  },
  'not allowed, by the system': {
    error: withCode('NoPermissions', "Error: EACCES: permission denied, open '/home/ada/secret.json'"),
    code: 'EACCES',
    reason: /don't have permission/,
  },
  'not allowed, by VS Code': {
    error: withCode('NoPermissions', "Unable to write '/home/ada/secret.json'"),
    code: 'NoPermissions',
    reason: /don't have permission/,
  },
  'not allowed on Windows': {
    error: withCode('EPERM', "EPERM: operation not permitted, open 'C:\\ada'"),
    code: 'EPERM',
    reason: /don't have permission/,
  },
  'in use': {
    error: withCode('EBUSY', "EBUSY: resource busy or locked, rename 'C:\\ada'"),
    code: 'EBUSY',
    reason: /in use/,
  },
  'no folder': {
    error: withCode('ENOENT', "ENOENT: no such file or directory, open '/home/ada/secret.json'"),
    code: 'ENOENT',
    reason: /^the folder doesn't exist$/,
  },
  'no folder, by VS Code': {
    error: withCode('FileNotFound', "/home/ada: it isn't there"),
    code: 'FileNotFound',
    reason: /^the folder doesn't exist$/,
  },
  'a folder': {
    error: withCode('EISDIR', 'EISDIR: illegal operation on a directory'),
    code: 'EISDIR',
    reason: /^a folder with this name already exists$/,
  },
  'a folder, by VS Code': {
    error: withCode('FileIsADirectory', '/home/ada'),
    code: 'FileIsADirectory',
    reason: /^a folder with this name already exists$/,
  },
  'below a file': {
    error: withCode('Unknown', "Error: ENOTDIR: not a directory, stat '/home/ada/secret.json'"),
    code: 'ENOTDIR',
    reason: /part of the path is a file, not a folder$/,
  },
  'below a file, by VS Code': {
    error: withCode('FileNotADirectory', '/home/ada'),
    code: 'FileNotADirectory',
    reason: /part of the path is a file, not a folder$/,
  },
  'too much open': {
    error: withCode('EMFILE', 'EMFILE: too many open files'),
    code: 'EMFILE',
    reason: /^too many files are open$/,
  },
  'too much open, by all': {
    error: withCode('ENFILE', 'ENFILE: file table overflow'),
    code: 'ENFILE',
    reason: /^too many files are open$/,
  },
  'too long a name': {
    error: withCode('Unknown', "ENAMETOOLONG: name too long, open '/home/ada'"),
    code: 'ENAMETOOLONG',
    reason: /^the name is too long$/,
  },
  'something else': {
    error: withCode('EIO', "EIO: i/o error, fsync '/home/ada'"),
    code: 'EIO',
    reason: /^system error EIO$/,
  },
  'something else, by VS Code': {
    error: withCode('Unavailable', 'The remote at /home/ada is away'),
    code: 'Unavailable',
    reason: /^system error Unavailable$/,
  },
  'a code of Node’s own': {
    error: withCode('ERR_FS_FILE_TOO_LARGE', 'File size (/home/ada) is greater'),
    code: 'ERR_FS_FILE_TOO_LARGE',
    reason: /^system error ERR_FS_FILE_TOO_LARGE$/,
  },
  'a code in the message alone': {
    error: new Error("EIO: i/o error, open '/home/ada'"),
    code: 'EIO',
    reason: /^system error EIO$/,
  },
  'no code': {
    error: withCode('Unknown', 'No file system provider found for /home/ada'),
    code: 'Unknown',
    reason: /^unknown error$/,
  },
  'a word that is no code': {
    error: withCode('Unknown', "Unable to write '/home/ada/EXPORT: 1.json'"),
    code: 'Unknown',
    reason: /^unknown error$/,
  },
  'a path for a code': { error: withCode('/home/ada', ''), code: undefined, reason: /^unknown error$/ },
  'a number for a code': { error: withCode(28, ''), code: undefined, reason: /^unknown error$/ },
  'no error': { error: "ENOSPC: '/home/ada'", code: undefined, reason: /^unknown error$/ },
  nothing: { error: undefined, code: undefined, reason: /^unknown error$/ },
};

describe('What a disk refuses', () => {
  for (const [name, { error, code, reason }] of Object.entries(failures)) {
    it(`is told in words, without a path: ${name}`, () => {
      assert.equal(diskCodeOf(error), code);
      assert.match(diskReason(code), reason);
      const isFull = code === 'ENOSPC' || code === 'EDQUOT';
      const words = diskWords(error, 'export.json');
      assert.equal(
        words,
        `Couldn't write export.json: ${diskReason(code)}.${isFull ? ' The partial file was removed.' : ''}`,
      );
      assert.ok(!words.includes('ada'));
    });
  }
});
