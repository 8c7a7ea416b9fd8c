/** When a comment is written on a pull request: the values of the Action's input. */
export const COMMENT_POLICIES = ['always', 'on-change', 'on-failure', 'never'] as const;
/** One of the policies. */
export type CommentPolicy = (typeof COMMENT_POLICIES)[number];
