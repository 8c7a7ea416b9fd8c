/** Name and version as reports and `--version` say them; a test holds it against package.json. */
export const TOOL = { name: 'weighbridge', version: '1.0.0' } as const;
