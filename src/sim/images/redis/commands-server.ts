// Commands about the server itself.
import { reads, writes, type CommandContext, type CommandEntry } from './command.ts';
import { globMatches } from './glob.ts';
import { array, bulk, failure, integer, ok, type Reply } from './protocol.ts';

function info(words: readonly string[], context: CommandContext): Reply {
  const sections = context.info();
  const wanted = words.map((word) => word.toLowerCase());
  const isAll = wanted.length === 0 || wanted.some((name) => ['all', 'default'].includes(name));
  const shown = [...sections].filter(([name]) => isAll || wanted.includes(name.toLowerCase()));
  return bulk(shown.map(([name, text]) => `# ${name}\r\n${text}`).join('\r\n'));
}

function config(words: readonly string[], { settings }: CommandContext): Reply {
  const [action = '', ...patterns] = words;
  if (action.toLowerCase() !== 'get') {
    return failure(`ERR CONFIG ${action.toUpperCase()} is not modelled by this simulator`);
  }
  const found = [...settings].filter(([name]) => patterns.some((each) => globMatches(each, name)));
  return array(found.flat().map((text) => bulk(text)));
}

function client([action = '']: readonly string[]): Reply {
  const known: Readonly<Record<string, Reply>> = {
    setname: ok,
    setinfo: ok,
    getname: bulk(''),
    id: integer(1),
  };
  const reply = known[action.toLowerCase()];
  if (reply !== undefined) return reply;
  return failure(`ERR CLIENT ${action.toUpperCase()} is not modelled by this simulator`);
}

const cannotSave = failure('ERR');

export const serverCommands: Readonly<Record<string, CommandEntry>> = {
  ping: reads([0, 1], ([text]) =>
    text === undefined ? { kind: 'status', text: 'PONG' } : bulk(text),
  ),
  echo: reads([1, 1], ([text]) => bulk(text)),
  info: reads([0, Infinity], info),
  config: reads([1, Infinity], config),
  client: reads([1, Infinity], client),
  command: reads([0, Infinity], () => array([])),
  dbsize: reads([0, 0], (_, { database }) => integer(database.keys().length)),
  flushall: writes([0, 1], (_, { database }) => {
    database.clear();
    return ok;
  }),
  flushdb: writes([0, 1], (_, { database }) => {
    database.clear();
    return ok;
  }),
  select: reads([1, 1], ([index = '']) =>
    index === '0' ? ok : failure('ERR only database 0 is modelled by this simulator'),
  ),
  auth: reads([1, 2], () =>
    failure(
      'ERR AUTH <password> called without any password configured for the default user. ' +
        'Are you sure your configuration is correct?',
    ),
  ),
  time: reads([0, 0], (_, { nowMs }) =>
    array([bulk(String(Math.floor(nowMs / 1000))), bulk(String((nowMs % 1000) * 1000))]),
  ),
  save: reads([0, 0], (_, { save }) => (save() ? ok : cannotSave)),
  bgsave: reads([0, 1], (_, { save }) =>
    save() ? { kind: 'status', text: 'Background saving started' } : cannotSave,
  ),
};
