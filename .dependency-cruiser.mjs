// The dependency rule of docs/architecture.md as code: a room imports only from the rooms in its row.
const sim = {
  'sim/runtime': [],
  'sim/api': ['sim/runtime'],
  'sim/apiserver': ['sim/api', 'sim/runtime'],
  'sim/kernel': ['sim/runtime'],
  'sim/images': ['sim/kernel', 'sim/runtime'],
  'sim/network': ['sim/kernel', 'sim/apiserver', 'sim/api', 'sim/runtime'],
  'sim/node': [
    'sim/network',
    'sim/images',
    'sim/kernel',
    'sim/apiserver',
    'sim/api',
    'sim/runtime',
  ],
  'sim/controlplane': ['sim/apiserver', 'sim/api', 'sim/runtime'],
};
const rooms = {
  kubectl: ['sim'],
  workstation: ['kubectl', 'sim'],
  lab: ['workstation', 'kubectl', 'sim'],
  quiz: ['lab', 'workstation', 'kubectl', 'sim'],
  progress: ['quiz', 'lab'],
  assignment: ['progress', 'quiz', 'lab', 'workstation', 'kubectl', 'sim'],
  http: ['sim'],
  components: ['assignment', 'progress', 'quiz', 'lab', 'workstation', 'kubectl', 'sim', 'styles'],
};
const tests = '(\\.test\\.ts|/testing/.*|/testing\\.ts)$';

const rule = (room, allowed, base) => ({
  name: `${room.replace('/', '-')}-imports-only-its-rows`,
  comment: `${room} may import ${allowed.join(', ') || 'nothing'}; see docs/architecture.md`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: tests },
  to: { path: base, pathNot: [room, ...allowed].map((name) => `^src/${name}/`) },
});

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one idea: join them or hand one in.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(sim).map(([room, allowed]) => rule(room, allowed, '^src/')),
    ...Object.entries(rooms).map(([room, allowed]) => rule(room, allowed, '^src/')),
    {
      name: 'sim-stands-alone',
      comment: 'The simulator knows nothing of kubectl, lessons or the page.',
      severity: 'error',
      from: { path: '^src/sim/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/sim/' },
    },
    {
      name: 'pure-rooms-use-one-library',
      comment:
        'The YAML event parser and the review scheduler are the only packages in pure rooms.',
      severity: 'error',
      from: {
        path: '^src/(sim|kubectl|workstation|lab|quiz|progress|assignment)/',
        pathNot: tests,
      },
      to: { path: 'node_modules', pathNot: 'node_modules/(js-yaml|ts-fsrs|fflate|zod)/' },
    },
    {
      name: 'pure-rooms-use-no-node',
      comment: 'Pure rooms run in a worker of the browser.',
      severity: 'error',
      from: {
        path: '^src/(sim|kubectl|workstation|lab|quiz|progress|assignment)/',
        pathNot: tests,
      },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
