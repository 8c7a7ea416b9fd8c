// Each variant is the base application with one thing changed, so what a report on the two has to say is
// known before anything is built: `required` are the causes that must be named, `allowed` those that may be
// (they follow from the change, but are small, or are bytes that not every bundler can tell apart).
//
// A cause is a kind, a package or a module, and what else is known of it: `version`, `from`, `to`, `load`,
// `importer`. `packages` says which installed package stands at which place of node_modules instead of, or
// beside, those of the base.

const IN = { load: 'initial' };
const LATER = { load: 'lazy' };
const TO_INITIAL = { kind: 'moved', from: 'lazy', to: 'initial' };
const TO_LAZY = { kind: 'moved', from: 'initial', to: 'lazy' };

/** Packages of the base, by their place in node_modules. */
export const PACKAGES = [
  'clsx',
  'd3-color',
  'd3-interpolate',
  'dayjs',
  'lodash-es',
  'react',
  'react-dom',
  'scheduler',
  'use-sync-external-store',
  'zustand',
];

const HOME = 'src/screens/home.jsx';
const REPORT = 'src/screens/report.jsx';
const APP = 'src/app.jsx';
const FORMAT = 'src/lib/format.js';
const NOTES = 'src/data/notes.js';

export const VARIANTS = {
  base: {},

  // Built in another folder: nothing that is said of it is true.
  'same-again': { required: [], allowed: [] },

  'add-package': {
    packages: { marked: 'marked' },
    edits: {
      [HOME]: [
        [
          `import '../styles/home.css'`,
          `import { marked } from 'marked';\nimport '../styles/home.css'`,
        ],
        ['<h1>Ledger</h1>', `<h1 dangerouslySetInnerHTML={{ __html: marked('Ledger') }} />`],
      ],
    },
    required: [{ kind: 'added', package: 'marked', version: '16.1.1', ...IN, importer: HOME }],
    allowed: [{ module: HOME }],
  },

  'add-package-lazy': {
    packages: { dompurify: 'dompurify' },
    edits: {
      [REPORT]: [
        [`import { groupBy`, `import purify from 'dompurify';\nimport { groupBy`],
        ['note: NOTES[account]', 'note: purify.sanitize(NOTES[account])'],
      ],
    },
    required: [
      { kind: 'added', package: 'dompurify', version: '3.2.6', ...LATER, importer: REPORT },
    ],
    allowed: [{ module: REPORT }],
  },

  'remove-package': {
    edits: {
      [REPORT]: [
        [`import { groupBy, sumBy } from 'lodash-es';\n`, ''],
        [
          `Object.entries(groupBy(ENTRIES, 'account'))`,
          `ENTRIES.map((entry) => [entry.account, [entry]])`,
        ],
        [`sumBy(entries, 'cents')`, 'entries[0].cents'],
      ],
    },
    required: [{ kind: 'removed', package: 'lodash-es', version: '4.18.1', ...LATER }],
    allowed: [{ module: REPORT }],
  },

  'swap-package': {
    packages: { 'date-fns': 'date-fns' },
    edits: {
      [FORMAT]: [
        [`import dayjs from 'dayjs'`, `import { format } from 'date-fns'`],
        [`dayjs(time).format('D MMMM YYYY')`, `format(time, 'd MMMM yyyy')`],
      ],
    },
    required: [
      { kind: 'removed', package: 'dayjs', version: '1.11.7', ...IN },
      { kind: 'added', package: 'date-fns', version: '4.1.0', ...IN, importer: FORMAT },
    ],
    allowed: [{ module: FORMAT }],
  },

  'bump-package': {
    packages: { dayjs: 'dayjs-new' },
    required: [{ kind: 'version', package: 'dayjs', from: '1.11.7', to: '1.11.23', ...IN }],
    allowed: [],
  },

  // A new major version that no longer needs another package.
  'bump-major': {
    packages: { zustand: 'zustand-new' },
    required: [
      { kind: 'version', package: 'zustand', from: '4.5.7', to: '5.0.8', ...LATER },
      { kind: 'removed', package: 'use-sync-external-store', version: '1.5.0', ...LATER },
    ],
    allowed: [],
  },

  'duplicate-package': {
    packages: { 'd3-interpolate/node_modules/d3-color': 'd3-color-old' },
    required: [{ kind: 'duplicated', package: 'd3-color', ...LATER }],
    allowed: [{ package: 'd3-color' }],
  },

  'lazy-to-initial': {
    edits: {
      [APP]: [
        [
          `import './styles/base.css'`,
          `import Settings from './screens/settings.jsx';\nimport './styles/base.css'`,
        ],
        [`const Settings = lazy(() => import('./screens/settings.jsx'));\n`, ''],
      ],
    },
    required: [
      { ...TO_INITIAL, module: 'src/screens/settings.jsx' },
      { ...TO_INITIAL, module: 'src/lib/palette.js' },
      { ...TO_INITIAL, module: 'src/lib/preferences.js' },
      { ...TO_INITIAL, package: 'd3-color' },
      { ...TO_INITIAL, package: 'd3-interpolate' },
      { ...TO_INITIAL, package: 'zustand' },
      { ...TO_INITIAL, package: 'use-sync-external-store' },
    ],
    // The report page is lazy still, and takes its table from what is there at once.
    allowed: [
      { module: 'src/components/table.jsx' },
      { module: 'src/styles/settings.css' },
      { module: APP },
    ],
  },

  'initial-to-lazy': {
    edits: {
      [APP]: [
        [`import About from './screens/about.jsx';\n`, ''],
        [
          `const Report = lazy`,
          `const About = lazy(() => import('./screens/about.jsx'));\nconst Report = lazy`,
        ],
      ],
    },
    required: [
      { ...TO_LAZY, module: 'src/screens/about.jsx' },
      { ...TO_LAZY, module: 'src/data/thanks.js' },
    ],
    allowed: [{ module: 'src/styles/about.css' }, { module: APP }],
  },

  'grow-module': {
    edits: {
      [HOME]: [
        [
          '</p>',
          '</p>\n      <blockquote>\n        The treasurer walks at dusk along the quay, counts masts, forgets the number, and starts over from\n        the lighthouse; whoever asks her why is told that a harbour, unlike a purse, may be miscounted\n        cheerfully. Next volume: brass weights, a folded kite, six keys nobody could match to any door.\n      </blockquote>',
        ],
      ],
    },
    required: [{ kind: 'grown', module: HOME, ...IN }],
    allowed: [],
  },

  'shrink-module': {
    edits: {
      [NOTES]: [
        [/hall:\s+'.*',/, `hall: 'Rented.',`],
        [/music:\s+'.*',/, `music: 'Strings.',`],
      ],
    },
    required: [{ kind: 'shrunk', module: NOTES, ...LATER }],
    allowed: [],
  },

  'new-module': {
    files: {
      'src/components/banner.jsx': `const WORDS = [
  'Quarterly meeting: bring cushions, the oak benches were lent to the brass quintet until Michaelmas.',
  'Anybody missing a left glove of green wool may claim it from the jar beside the samovar.',
  'Volunteers wanted for whitewashing; ladders provided, dizziness forgiven, soup afterwards.',
];

export function Banner({ week }) {
  return <aside className="banner">{WORDS[week % WORDS.length]}</aside>;
}
`,
    },
    edits: {
      [HOME]: [
        [
          `import { formatAmount`,
          `import { Banner } from '../components/banner.jsx';\nimport { formatAmount`,
        ],
        ['<h1>Ledger</h1>', '<h1>Ledger</h1>\n      <Banner week={7} />'],
      ],
    },
    required: [{ kind: 'added', module: 'src/components/banner.jsx', ...IN, importer: HOME }],
    allowed: [{ module: HOME }],
  },

  'new-route': {
    files: {
      'src/screens/audit.jsx': `import { useState } from 'react';
import { formatDay } from '../lib/format.js';
import '../styles/audit.css';

const STEPS = [
  'Unlock the iron cupboard and lay every receipt on the baize in order of its stamp',
  'Read each sum aloud twice, once forwards for the clerk and once backwards for the draughts',
  'Initial the margin, sand the ink, and ring for tea whenever two columns disagree',
  'Seal the envelope with violet wax and post it before the ferry leaves the jetty',
];

export default function Audit() {
  const [done, setDone] = useState(0);
  return (
    <section className="audit">
      <h1>Audit of {formatDay(Date.UTC(2025, 5, 1))}</h1>
      <ol>
        {STEPS.map((step, index) => (
          <li key={step} className={index < done ? 'audit-done' : 'audit-open'}>
            {step}
          </li>
        ))}
      </ol>
      <button type="button" onClick={() => setDone((count) => Math.min(count + 1, STEPS.length))}>
        Next step
      </button>
    </section>
  );
}
`,
      'src/styles/audit.css': `.audit-done {
  text-decoration: line-through;
}

.audit-open {
  font-weight: 600;
}
`,
    },
    edits: {
      [APP]: [
        [
          `const Report = lazy`,
          `const Audit = lazy(() => import('./screens/audit.jsx'));\nconst Report = lazy`,
        ],
        ['  about: About,\n', '  about: About,\n  audit: Audit,\n'],
      ],
    },
    required: [{ kind: 'added', module: 'src/screens/audit.jsx', ...LATER, importer: APP }],
    allowed: [{ module: APP }, { module: 'src/styles/audit.css' }],
  },

  // The same text under another name: gone here and there again, to the byte, so little is to be said.
  'rename-module': {
    renames: { 'src/lib/palette.js': 'src/lib/colours.js' },
    edits: { 'src/screens/settings.jsx': [['../lib/palette.js', '../lib/colours.js']] },
    required: [],
    allowed: [
      { kind: 'removed', module: 'src/lib/palette.js' },
      { kind: 'added', module: 'src/lib/colours.js' },
      { module: 'src/screens/settings.jsx' },
    ],
  },
};
