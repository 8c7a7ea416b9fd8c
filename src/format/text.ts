import { UserError } from '../model/errors.ts';

/**
 * The text of a UTF-8 file.
 * @throws UserError `not-utf8` for UTF-16, as a Windows shell's `>` writes it, and for other bytes
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (isUtf16(bytes)) {
    throw new UserError('not-utf8', `${file} is UTF-16, not UTF-8.`, {
      hint: 'PowerShell 5 redirects in UTF-16: write it with `| Out-File -Encoding utf8NoBOM`, or with the option of the tool that takes a file name.',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('not-utf8', `${file} is not UTF-8 text.`, {
      hint: 'Save it as UTF-8.',
      cause,
    });
  }
}

/** By its mark or, as no text has zeros, by a zero beside the first character. */
function isUtf16([first, second]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (first === 0) !== (second === 0) && second !== undefined;
}
