export interface CleanEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Names of what may be secrets and was left out, in their order. */
  readonly withheld: readonly string[];
}

/**
 * The environment for building base: that of our own process without secrets, without what speaks
 * to the runner, and without what leads back to head's files.
 */
export function cleanEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): CleanEnvironment {
  const given = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || isOfTheRunner(name) || isOfHead(name) ? [] : [[name, value] as const],
  );
  const isWithheld = ([name, value]: readonly [string, string]) => isSecret(name, value);
  const kept = given.filter((one) => !isWithheld(one));
  return {
    variables: { ...Object.fromEntries(kept.map(withoutHead)), ...NO_GIT_HOOKS },
    withheld: given.filter(isWithheld).map(([name]) => name),
  };
}

/** Inputs, services and the files by which a step speaks to the runner: a build has no say there. */
function isOfTheRunner(name: string): boolean {
  return /^(?:INPUT_|ACTIONS_|GITHUB_(?:OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|WORKSPACE)$)/i.test(
    name,
  );
}

/** What git, npm, yarn and pnpm set to lead their children to the folder they were started in. */
function isOfHead(name: string): boolean {
  return HEAD.some((pattern) => pattern.test(name));
}

const HEAD = [
  // As `git rev-parse --local-env-vars` lists them, and the settings given for one call.
  /^GIT_(?:DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|COMMON_DIR|PREFIX|NAMESPACE)$/i,
  /^GIT_(?:OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|SHALLOW_FILE|GRAFT_FILE|QUARANTINE_PATH)$/i,
  /^GIT_(?:CONFIG|CONFIG_PARAMETERS|CONFIG_COUNT|CONFIG_KEY_\d+|CONFIG_VALUE_\d+)$/i,
  /^npm_(?:package_|lifecycle_|command$|execpath$|node_execpath$|config_local_prefix$)/i,
  /^(?:PWD|OLDPWD|INIT_CWD|PROJECT_CWD|BERRY_BIN_FOLDER|PNPM_SCRIPT_SRC_DIR|NODE_PATH)$/i,
];

function isSecret(name: string, value: string): boolean {
  if (GITHUB_TOKEN.test(value)) return true;
  return SECRET.some((pattern) => pattern.test(name)) && !PUBLIC.test(name);
}

const SECRET = [
  /TOKEN|SECRET|CREDENTIAL|KEY|COOKIE/i,
  /PASSW|PASSPHRASE|ASKPASS|(?:^|_)PASS$|(?:^|_)PAT(?:_|$)/i,
  // Not the author of a commit.
  /AUTH(?!ORS?(?:_|$))/i,
];

/** https://github.blog/engineering/behind-githubs-new-authentication-token-formats/ */
const GITHUB_TOKEN = /^(?:gh[a-z]_|github_pat_)\w{20}/;

/**
 * Their bundlers write these into what browsers load: they are no secrets, and a base that is
 * built without them is smaller than head by their length.
 */
const PUBLIC = /^(?:VITE|REACT_APP|VUE_APP|GATSBY|(?:NEXT_|NUXT_|EXPO_|NX_)?PUBLIC)_/;

/** Installed from a worktree, these would write to the settings that it shares with head. */
const NO_GIT_HOOKS = { HUSKY: '0', SKIP_INSTALL_SIMPLE_GIT_HOOKS: '1' };

/** Tools of head that a script runner has put in the way of base's own. */
function withoutHead([name, value]: readonly [string, string]): readonly [string, string] {
  if (/^PATH$/i.test(name)) return [name, withoutPackageTools(value)];
  if (name === 'NODE_OPTIONS') return [name, value.replaceAll(PLUG_AND_PLAY, '').trim()];
  return [name, value];
}

const PLUG_AND_PLAY =
  /(?:^|\s+)--(?:require|import|loader|experimental-loader)[= ](?:"[^"]*\.pnp\.[^"]*"|\S*\.pnp\.\S+)/g;

function withoutPackageTools(path: string): string {
  // Paths of Windows hold colons.
  const separator = path.includes(';') ? ';' : ':';
  const folders = path.split(separator);
  return folders
    .filter((folder) => !/[\\/](?:node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/.test(folder))
    .join(separator);
}
