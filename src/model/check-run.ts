/** What a check run says of a commit; `neutral` is neither green nor red. */
export type Conclusion = 'success' | 'failure' | 'neutral';

/** A note of a check run on a line of a file. */
export interface CheckAnnotation {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly level: 'failure' | 'warning';
  readonly title: string;
  readonly message: string;
}
