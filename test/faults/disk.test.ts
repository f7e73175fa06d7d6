import assert from 'node:assert/strict';
import { findDiskErrorCode, formatDiskReason } from '../../src/shell/format/disk';
import { formatDiskError } from '../../src/shell/format/exporting';

const withCode = (code: unknown, message: string): Error => Object.assign(new Error(message), { code });

/** Disk errors as Node and VS Code report them. */
const failures: Readonly<
  Record<string, { readonly error: unknown; readonly code: string | undefined; readonly reason: RegExp }>
> = {
  'a full disk (Node)': {
    error: withCode('ENOSPC', 'ENOSPC: no space left on device, write'),
    code: 'ENOSPC',
    reason: /^the disk is full$/,
  },
  'a full disk (VS Code)': {
    error: withCode(
      'Unknown',
      "Unable to write file '/home/ada/secret.json' (Unknown (FileSystemError): Error: ENOSPC: no space left on device, open '/home/ada/secret.json')",
    ),
    code: 'ENOSPC',
    reason: /^the disk is full$/,
  },
  'an exceeded quota': {
    error: withCode('Unavailable', "EDQUOT: quota exceeded, open '/home/ada/secret.json'"),
    code: 'EDQUOT',
    reason: /^the disk is full$/,
  },
  'a read-only file system': {
    error: withCode('EROFS', "EROFS: read-only file system, open '/home/ada/secret.json'"),
    code: 'EROFS',
    reason: /^the folder is read-only$/,
  },
  'a missing permission (Node)': {
    error: withCode('NoPermissions', "Error: EACCES: permission denied, open '/home/ada/secret.json'"),
    code: 'EACCES',
    reason: /don't have permission/,
  },
  'a missing permission (VS Code)': {
    error: withCode('NoPermissions', "Unable to write '/home/ada/secret.json'"),
    code: 'NoPermissions',
    reason: /don't have permission/,
  },
  'a missing permission (Windows)': {
    error: withCode('EPERM', "EPERM: operation not permitted, open 'C:\\ada'"),
    code: 'EPERM',
    reason: /don't have permission/,
  },
  'a locked file': {
    error: withCode('EBUSY', "EBUSY: resource busy or locked, rename 'C:\\ada'"),
    code: 'EBUSY',
    reason: /in use/,
  },
  'a missing folder (Node)': {
    error: withCode('ENOENT', "ENOENT: no such file or directory, open '/home/ada/secret.json'"),
    code: 'ENOENT',
    reason: /^the folder doesn't exist$/,
  },
  'a missing folder (VS Code)': {
    error: withCode('FileNotFound', "/home/ada: it isn't there"),
    code: 'FileNotFound',
    reason: /^the folder doesn't exist$/,
  },
  'a folder with the same name (Node)': {
    error: withCode('EISDIR', 'EISDIR: illegal operation on a directory'),
    code: 'EISDIR',
    reason: /^a folder with this name already exists$/,
  },
  'a folder with the same name (VS Code)': {
    error: withCode('FileIsADirectory', '/home/ada'),
    code: 'FileIsADirectory',
    reason: /^a folder with this name already exists$/,
  },
  'a path inside a file (Node)': {
    error: withCode('Unknown', "Error: ENOTDIR: not a directory, stat '/home/ada/secret.json'"),
    code: 'ENOTDIR',
    reason: /part of the path is a file, not a folder$/,
  },
  'a path inside a file (VS Code)': {
    error: withCode('FileNotADirectory', '/home/ada'),
    code: 'FileNotADirectory',
    reason: /part of the path is a file, not a folder$/,
  },
  'too many open files in the process': {
    error: withCode('EMFILE', 'EMFILE: too many open files'),
    code: 'EMFILE',
    reason: /^too many files are open$/,
  },
  'too many open files in the system': {
    error: withCode('ENFILE', 'ENFILE: file table overflow'),
    code: 'ENFILE',
    reason: /^too many files are open$/,
  },
  'a name that is too long': {
    error: withCode('Unknown', "ENAMETOOLONG: name too long, open '/home/ada'"),
    code: 'ENAMETOOLONG',
    reason: /^the name is too long$/,
  },
  'another error (Node)': {
    error: withCode('EIO', "EIO: i/o error, fsync '/home/ada'"),
    code: 'EIO',
    reason: /^system error EIO$/,
  },
  'another error (VS Code)': {
    error: withCode('Unavailable', 'The remote at /home/ada is away'),
    code: 'Unavailable',
    reason: /^system error Unavailable$/,
  },
  "one of Node's own codes": {
    error: withCode('ERR_FS_FILE_TOO_LARGE', 'File size (/home/ada) is greater'),
    code: 'ERR_FS_FILE_TOO_LARGE',
    reason: /^system error ERR_FS_FILE_TOO_LARGE$/,
  },
  'a code only in the message': {
    error: new Error("EIO: i/o error, open '/home/ada'"),
    code: 'EIO',
    reason: /^system error EIO$/,
  },
  'no code': {
    error: withCode('Unknown', 'No file system provider found for /home/ada'),
    code: 'Unknown',
    reason: /^unknown error$/,
  },
  "an uppercase word that isn't a code": {
    error: withCode('Unknown', "Unable to write '/home/ada/EXPORT: 1.json'"),
    code: 'Unknown',
    reason: /^unknown error$/,
  },
  'a path instead of a code': { error: withCode('/home/ada', ''), code: undefined, reason: /^unknown error$/ },
  'a number instead of a code': { error: withCode(28, ''), code: undefined, reason: /^unknown error$/ },
  'a string instead of an error': { error: "ENOSPC: '/home/ada'", code: undefined, reason: /^unknown error$/ },
  undefined: { error: undefined, code: undefined, reason: /^unknown error$/ },
};

describe('a disk error', () => {
  for (const [name, { error, code, reason }] of Object.entries(failures)) {
    it(`is reported as a sentence without the path: ${name}`, () => {
      assert.equal(findDiskErrorCode(error), code);
      assert.match(formatDiskReason(code), reason);
      const isFull = code === 'ENOSPC' || code === 'EDQUOT';
      const message = formatDiskError(error, 'export.json');
      assert.equal(
        message,
        `Couldn't write export.json: ${formatDiskReason(code)}.${isFull ? ' The partial file was removed.' : ''}`,
      );
      assert.ok(!message.includes('ada'));
    });
  }
});
