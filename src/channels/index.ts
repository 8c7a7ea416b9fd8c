import { checkRun } from './check-run.ts';
import { file } from './file.ts';
import { jobSummary } from './job-summary.ts';
import { pullRequest } from './pull-request.ts';
import { stdout } from './stdout.ts';

/** Every place a report can go to. */
export const channels = { stdout, file, jobSummary, pullRequest, checkRun };
