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
    reason: /^the folder can only be read$/,
  },
  'not allowed, by the system': {
    error: withCode('NoPermissions', "Error: EACCES: permission denied, open '/home/ada/secret.json'"),
    code: 'EACCES',
    reason: /no permission/,
  },
  'not allowed, by VS Code': {
    error: withCode('NoPermissions', "Unable to write '/home/ada/secret.json'"),
    code: 'NoPermissions',
    reason: /no permission/,
  },
  'not allowed on Windows': {
    error: withCode('EPERM', "EPERM: operation not permitted, open 'C:\\ada'"),
    code: 'EPERM',
    reason: /no permission/,
  },
  'in use': {
    error: withCode('EBUSY', "EBUSY: resource busy or locked, rename 'C:\\ada'"),
    code: 'EBUSY',
    reason: /in use/,
  },
  'no folder': {
    error: withCode('ENOENT', "ENOENT: no such file or directory, open '/home/ada/secret.json'"),
    code: 'ENOENT',
    reason: /^there is no such folder$/,
  },
  'no folder, by VS Code': {
    error: withCode('FileNotFound', "/home/ada: it isn't there"),
    code: 'FileNotFound',
    reason: /^there is no such folder$/,
  },
  'a folder': {
    error: withCode('EISDIR', 'EISDIR: illegal operation on a directory'),
    code: 'EISDIR',
    reason: /^there is a folder of this name$/,
  },
  'a folder, by VS Code': {
    error: withCode('FileIsADirectory', '/home/ada'),
    code: 'FileIsADirectory',
    reason: /^there is a folder of this name$/,
  },
  'below a file': {
    error: withCode('Unknown', "Error: ENOTDIR: not a directory, stat '/home/ada/secret.json'"),
    code: 'ENOTDIR',
    reason: /a file where a folder is needed$/,
  },
  'below a file, by VS Code': {
    error: withCode('FileNotADirectory', '/home/ada'),
    code: 'FileNotADirectory',
    reason: /a file where a folder is needed$/,
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
    reason: /^the system says EIO$/,
  },
  'something else, by VS Code': {
    error: withCode('Unavailable', 'The remote at /home/ada is away'),
    code: 'Unavailable',
    reason: /^the system says Unavailable$/,
  },
  'a code of Node’s own': {
    error: withCode('ERR_FS_FILE_TOO_LARGE', 'File size (/home/ada) is greater'),
    code: 'ERR_FS_FILE_TOO_LARGE',
    reason: /^the system says ERR_FS_FILE_TOO_LARGE$/,
  },
  'a code in the message alone': {
    error: new Error("EIO: i/o error, open '/home/ada'"),
    code: 'EIO',
    reason: /^the system says EIO$/,
  },
  'no code': {
    error: withCode('Unknown', 'No file system provider found for /home/ada'),
    code: 'Unknown',
    reason: /^the system does not say why$/,
  },
  'a word that is no code': {
    error: withCode('Unknown', "Unable to write '/home/ada/EXPORT: 1.json'"),
    code: 'Unknown',
    reason: /^the system does not say why$/,
  },
  'a path for a code': { error: withCode('/home/ada', ''), code: undefined, reason: /^the system does not say why$/ },
  'a number for a code': { error: withCode(28, ''), code: undefined, reason: /^the system does not say why$/ },
  'no error': { error: "ENOSPC: '/home/ada'", code: undefined, reason: /^the system does not say why$/ },
  nothing: { error: undefined, code: undefined, reason: /^the system does not say why$/ },
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
        `export.json was not written: ${diskReason(code)}.${isFull ? ' Nothing is left of it.' : ''}`,
      );
      assert.ok(!words.includes('ada'));
    });
  }
});
