import type { Comparison } from '../model/comparison.js';
import { type Encoding } from '../model/metric.js';
import type { ReportCause } from '../model/report.js';
/**
 * The only explanation: why each subject of a budget changed, and each asset by itself, whether or
 * not a budget speaks of it. Modules are told apart by their ids and by when they are loaded,
 * never by the names of files.
 * @param encoding what assets without a budget are explained in: the first of the report's
 */
export declare function attribute(comparison: Comparison, encoding: Encoding): ReportCause[];
