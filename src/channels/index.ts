import { file } from './file.ts';
import { stdout } from './stdout.ts';

/** Every place a report can go to. */
export const channels = { stdout, file };
