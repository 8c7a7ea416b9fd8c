import type { PullRequest, Run } from '../model/run.ts';
import { absent, found, type Resolved, type Scene, short } from './base-commit.ts';
import { forkPoint } from './fork-point.ts';
import { parentsOf } from './history.ts';
import { wrongCheckout } from './wrong-checkout.ts';

/**
 * Base of a pull request, by what was built of it: GitHub's test merge has its first parent, which
 * the base branch may have reached long after the fork; the head itself has the fork point.
 * @throws UserError `wrong-checkout` for anything else
 */
export async function pullRequestBase(
  pull: PullRequest,
  run: Run,
  scene: Scene,
): Promise<Resolved> {
  const built = scene.head ?? builtElsewhere(run);
  if (built === null) return absent(NOTHING_HERE);
  // A branch of the settings' is where records are: a pull request on top of another finds them.
  const branch = scene.branch ?? pull.baseBranch;
  if (built === pull.head) return forkPoint(built, branch, scene);
  const parents = await parentsOf(built, scene);
  if (!('value' in parents)) {
    return absent(`The parents of ${short(built)} cannot be read. ${parents.missing}`);
  }
  const [into, merged, ...others] = parents.value;
  if (into === undefined || merged !== pull.head || others.length > 0) {
    throw wrongCheckout(built, expectedOf(pull), hintFor(run));
  }
  return branch === pull.baseBranch
    ? found(into, 'first-parent', branch)
    : forkPoint(built, branch, scene);
}

/**
 * Without a checkout the files come from another job. There actions/checkout has taken what it
 * takes by itself; on `pull_request_target` that is nothing of the pull request.
 */
function builtElsewhere({ event, sha }: Run): string | null {
  return event === 'pull_request' && sha !== '' ? sha : null;
}

const NOTHING_HERE =
  'Nothing is checked out, so the commit that was built is not known. Add actions/checkout to the job, with the commit that was built.';

function expectedOf({ number, head }: PullRequest): string {
  return `pull request ${number}: neither its head, ${head}, nor GitHub’s test merge of it`;
}

function hintFor({ event }: Run): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of workflows
  const ref = '`ref: ${{ github.event.pull_request.head.sha }}`';
  return event === 'pull_request_target'
    ? `pull_request_target checks out the base branch. Measure on pull_request; or give actions/checkout ${ref}, and run nothing of what it takes.`
    : `Give actions/checkout no \`ref\`, or ${ref}. A \`base\` that is named by hand is taken as it is.`;
}
