import { describe, expect, it } from 'vitest';
import { cleanEnvironment } from '../../src/baseline/clean-environment.ts';

function namesKept(names: readonly string[], value = 'x'): string[] {
  const given = Object.fromEntries(names.map((name) => [name, value]));
  const { variables } = cleanEnvironment(given);
  return names.filter((name) => variables[name] !== undefined);
}

describe('the environment of a build of base', () => {
  it('keeps what builds go by, as it is', () => {
    const given = {
      PATH: '/usr/local/bin:/usr/bin',
      HOME: '/home/ana',
      LANG: 'de_DE.UTF-8',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_SHA: 'abc',
      RUNNER_TEMP: '/tmp/r',
      NODE_ENV: 'production',
      NODE_OPTIONS: '--max-old-space-size=4096',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      HTTPS_PROXY: 'http://ana:pw@proxy:8080',
      no_proxy: 'localhost',
      npm_config_registry: 'https://registry.example.org/',
      npm_config_cache: '/cache',
      GIT_AUTHOR_NAME: 'Ana',
      GIT_CONFIG_GLOBAL: '/home/ana/.gitconfig',
      EMPTY: '',
    };
    expect(cleanEnvironment(given).variables).toMatchObject(given);
    expect(cleanEnvironment(given).withheld).toEqual([]);
  });

  it('has nothing that speaks to the runner', () => {
    const names = [
      ...['INPUT_TOKEN', 'INPUT_CONFIG', 'input_config', 'ACTIONS_RUNTIME_URL'],
      ...['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_CACHE_URL', 'ACTIONS_STEP_DEBUG'],
      ...['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'],
      'GITHUB_WORKSPACE',
    ];
    expect(namesKept(names)).toEqual([]);
  });

  it('has nothing whose name is that of a secret', () => {
    const names = [
      ...['GITHUB_TOKEN', 'GH_TOKEN', 'NODE_AUTH_TOKEN', 'NPM_TOKEN', 'npm_config__authToken'],
      ...['npm_config_//registry.npmjs.org/:_authToken', 'AWS_ACCESS_KEY_ID', 'Api_Key'],
      ...['AWS_SECRET_ACCESS_KEY', 'DB_PASSWORD', 'PGPASSWORD', 'DB_PASS', 'SSH_ASKPASS'],
      ...['GOOGLE_APPLICATION_CREDENTIALS', 'SSH_AUTH_SOCK', 'AUTHORIZATION', 'GH_PAT', 'PAT'],
      ...['SESSION_COOKIE', 'SIGNING_PASSPHRASE', 'client_secret'],
    ];
    expect(namesKept(names)).toEqual([]);
    const given = { NPM_TOKEN: 'x', PATH: '/bin', INPUT_TOKEN: 'x', DB_PASS: 'y' };
    expect(cleanEnvironment(given).withheld).toEqual(['NPM_TOKEN', 'DB_PASS']);
  });

  it('has no token of GitHub under any name', () => {
    const value = `ghs_${'a1B2'.repeat(9)}`;
    expect(namesKept(['REVIEWER', 'VITE_REVIEWER'], value)).toEqual([]);
    expect(namesKept(['REVIEWER'], `github_pat_${'a1B2'.repeat(9)}`)).toEqual([]);
    expect(namesKept(['REVIEWER'], 'ghost_writer')).toEqual(['REVIEWER']);
  });

  // Head was built with them: without, base would be smaller by their length.
  it('keeps what bundlers write into what browsers load', () => {
    const names = ['VITE_MAP_KEY', 'NEXT_PUBLIC_API_KEY', 'REACT_APP_TOKEN', 'PUBLIC_AUTH_URL'];
    expect(namesKept(names)).toEqual(names);
    expect(namesKept(['MY_VITE_KEY', 'NEXT_SECRET_KEY'])).toEqual([]);
  });

  it('has nothing that leads git or a package manager back to head', () => {
    const names = [
      ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'],
      ...['GIT_OBJECT_DIRECTORY', 'GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_COUNT'],
      ...['GIT_CONFIG_KEY_0', 'GIT_CONFIG_VALUE_0', 'PWD', 'OLDPWD', 'INIT_CWD', 'NODE_PATH'],
      ...['npm_package_json', 'npm_lifecycle_event', 'npm_config_local_prefix', 'npm_execpath'],
      ...['PROJECT_CWD', 'PNPM_SCRIPT_SRC_DIR'],
    ];
    expect(namesKept(names)).toEqual([]);
    expect(cleanEnvironment({ GIT_CONFIG_KEY_0: 'x', PWD: '/' }).withheld).toEqual([]);
  });

  it.each([
    [
      '/srv/app/node_modules/.bin:/node_modules/.bin/:/usr/lib/npm/node-gyp-bin:/usr/bin::/bin',
      '/usr/bin::/bin',
    ],
    ['C:\\app\\node_modules\\.bin;C:\\Program Files\\nodejs', 'C:\\Program Files\\nodejs'],
    ['/opt/node_modules/.binary:/opt/my.bin', '/opt/node_modules/.binary:/opt/my.bin'],
  ])('finds no tools of head in PATH: %s', (path, clean) => {
    expect(cleanEnvironment({ PATH: path }).variables.PATH).toBe(clean);
    expect(cleanEnvironment({ Path: path }).variables.Path).toBe(clean);
  });

  it.each([
    ['--require /app/.pnp.cjs --experimental-loader file:///app/.pnp.loader.mjs', ''],
    ['--no-warnings --require "/my app/.pnp.cjs" --title=x', '--no-warnings --title=x'],
    ['--require ./setup.cjs', '--require ./setup.cjs'],
  ])('resolves no packages of head: %s', (given, clean) => {
    expect(cleanEnvironment({ NODE_OPTIONS: given }).variables.NODE_OPTIONS).toBe(clean);
  });

  it('installs no hooks of git, as these would be those of head', () => {
    const { variables } = cleanEnvironment({ HUSKY: '1', PATH: undefined });
    expect(variables).toEqual({ HUSKY: '0', SKIP_INSTALL_SIMPLE_GIT_HOOKS: '1' });
  });
});
