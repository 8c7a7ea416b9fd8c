/** What the emulator's rows hold besides what a test cares about. */

export const USER_DEFAULTS = {
  avatar_url: '',
  gravatar_id: '',
  site_admin: false,
  company: null,
  blog: '',
  location: null,
  hireable: null,
  bio: null,
  twitter_username: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
};

export const ISSUE_DEFAULTS = {
  body: null,
  state_reason: null,
  locked: false,
  active_lock_reason: null,
  assignee_ids: [],
  milestone_id: null,
  comments: 0,
  closed_at: null,
  closed_by_id: null,
};

export const PULL_DEFAULTS = {
  merged: false,
  merged_at: null,
  merged_by_id: null,
  mergeable: true,
  mergeable_state: 'clean',
  review_comments: 0,
  commits: 1,
  additions: 0,
  deletions: 0,
  changed_files: 0,
  draft: false,
  requested_reviewer_ids: [],
  requested_team_ids: [],
  auto_merge: null,
};

export const COMMENT_DEFAULTS = {
  pull_number: null,
  commit_sha: null,
  in_reply_to_id: null,
  path: null,
  position: null,
  line: null,
  side: null,
  subject_type: null,
  comment_type: 'issue',
  review_id: null,
};
