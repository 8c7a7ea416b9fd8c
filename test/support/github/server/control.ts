import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CheckRunState, CommentState, Control } from '../protocol.ts';
import { readBody } from './http.ts';
import { push } from './push.ts';
import { mintRuntimeToken } from './results.ts';
import { addComments, addPull, repository, updatePull, user } from './seed.ts';
import {
  forgetRecords,
  mainRepository,
  mintToken,
  mintUserToken,
  resetWorld,
  type World,
} from './world.ts';

type Commands = {
  [Name in keyof Control]: (
    ...given: Parameters<Control[Name]>
  ) => ReturnType<Control[Name]> | Promise<ReturnType<Control[Name]>>;
};

/** The control port: `POST /NAME` with the argument as JSON gives the result as JSON. */
export function createControl(world: World) {
  const commands = listCommands(world) as Record<string, (given: unknown) => unknown>;
  const run = async (request: IncomingMessage): Promise<string> => {
    const command = commands[request.url?.slice(1) ?? ''];
    if (command === undefined) throw new Error(`no command ${request.url}`);
    const text = (await readBody(request)).toString('utf8');
    return JSON.stringify((await command(text === '' ? undefined : JSON.parse(text))) ?? null);
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    run(request).then(
      (result) => response.end(result),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
  };
}

function listCommands(world: World): Commands {
  const { emulator, faults } = world;
  return {
    reset: (seed) => resetWorld(world, seed),
    addPull: (seed) => addPull(emulator, mainRepository(world), seed),
    updatePull: (change) => updatePull(emulator, mainRepository(world), change),
    addComments: ({ number, comments }) =>
      addComments(emulator, mainRepository(world), number, comments),
    addRun: (run) => {
      if (run.headRepository) repository(emulator, run.headRepository, mainRepository(world));
      world.runs.set(run.id, run);
    },
    addArtifact: (artifact) => void world.artifacts.set(artifact.id, artifact),
    addIssueEvents: (events) => {
      for (const { actor } of events) user(emulator, actor);
      world.issueEvents.push(...events);
    },
    addPushes: (pushes) => {
      user(emulator, 'octocat');
      world.pushes.push(...pushes);
    },
    setPullFiles: ({ number, files }) => void world.pullFiles.set(number, files),
    addCommitPulls: ({ sha, numbers }) => void world.commitPulls.set(sha, numbers),
    push: ({ directory, fork }) => {
      const base = mainRepository(world);
      const target = fork ? repository(emulator, fork, base) : base;
      push(emulator, directory, [...new Set([base, target])], target);
    },
    mintToken: (permissions) => mintToken(world, permissions),
    mintUserToken: (login) => mintUserToken(world, user(emulator, login)),
    startJob: (run) => ({ resultsUrl: world.resultsUrl, token: mintRuntimeToken(world, run) }),
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    forgetRecords: () => forgetRecords(world),
    requests: () => world.requests,
    violations: () => world.violations,
    warnings: () => world.warnings,
    comments: (number) => listComments(world, number),
    checkRuns: () => listCheckRuns(world),
  };
}

function listComments(world: World, number: number): CommentState[] {
  const { comments, users } = world.emulator.tables;
  return comments
    .findBy('repo_id', mainRepository(world).id)
    .filter((row) => row.issue_number === number)
    .map(({ id, body, user_id }) => {
      const author = users.get(user_id);
      return { id, body, author: author?.login, type: author?.type };
    });
}

function listCheckRuns(world: World): CheckRunState[] {
  const rows = world.emulator.tables.checkRuns.findBy('repo_id', mainRepository(world).id);
  return rows.map(({ id, name, head_sha, status, conclusion, output }) => ({
    id,
    name,
    headSha: head_sha,
    status,
    conclusion,
    title: output.title,
    summary: output.summary,
    text: output.text,
    annotations: world.annotations.get(id) ?? [],
  }));
}
