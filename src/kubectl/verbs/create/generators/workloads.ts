// `kubectl create deployment`, `job` and `cronjob`.
import type { CronJob } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Random } from '#sim/runtime/random.ts';
import { Failure } from '../../../failure.ts';
import { findResources } from '../../../resources/builder.ts';
import type { Session } from '../../../session.ts';
import { dropEmpty, generatedNamespace, typedMeta, typedObject } from '../../common/typed.ts';
import { commandOfArgs, createGenerated, nameOfArgs } from '../generate.ts';

const maxNameLength = 63;

/** The name of a container from its image: the last part of the path, without tag and digest. */
function containerName(image: string, random: Random): string {
  const last = image.split('/').at(-1) ?? '';
  const bare = last.replace(/[:@].*$/, '');
  if (/^[a-zA-Z0-9-]*$/.test(bare) && bare.length <= maxNameLength) return bare;
  // A name that had to be changed gets a suffix, so that it does not meet another by chance.
  const safe = bare.replace(/[^a-zA-Z0-9-]/g, '-').slice(0, maxNameLength - 6);
  return `${safe}-${random.suffix()}`;
}

interface ContainerParts {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly port?: number | undefined;
}

function container({ name, image, command, port }: ContainerParts): object {
  return dropEmpty({
    name,
    image,
    command: command.length === 0 ? undefined : command,
    ports: port === undefined ? undefined : [{ containerPort: port }],
    resources: {},
  });
}

export function createDeployment(session: Session): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const images = flags.list('image');
  const command = commandOfArgs(session);
  if (images.length > 1 && command.length > 0) {
    throw new Failure('cannot specify multiple --image options and command');
  }
  const labels = { app: name };
  const port = flags.number('port');
  const containers = images.map((image) => {
    const shared = { name: containerName(image, session.process.random), image, command };
    return container(port < 0 ? shared : { ...shared, port });
  });
  const namespace = generatedNamespace(session);
  const object = typedObject('Deployment', 'apps/v1', typedMeta({ name, namespace, labels }), {
    spec: {
      replicas: flags.number('replicas'),
      selector: { matchLabels: labels },
      template: { metadata: { creationTimestamp: null, labels }, spec: { containers } },
      strategy: {},
    },
    status: {},
  });
  return createGenerated(session, object, 'deployment');
}

function podTemplate(
  name: string,
  image: string,
  command: readonly string[],
  restartPolicy: string,
) {
  return {
    metadata: { creationTimestamp: null },
    spec: { containers: [container({ name, image, command })], restartPolicy },
  };
}

function jobObject(session: Session, name: string, parts: object): KubeObject {
  const metadata = { ...typedMeta({ name, namespace: generatedNamespace(session) }), ...parts };
  return typedObject('Job', 'batch/v1', metadata, {});
}

export function createJob(session: Session): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const image = flags.text('image');
  const from = flags.text('from');
  const command = commandOfArgs(session);
  if ((image === '') === (from === '')) {
    throw new Failure('either --image or --from must be specified');
  }
  if (from !== '' && command.length > 0) throw new Failure('cannot specify --from and command');
  const object =
    from === ''
      ? {
          ...jobObject(session, name, {}),
          spec: { template: podTemplate(name, image, command, 'Never') },
          status: {},
        }
      : jobFromCronJob(session, name, from);
  return createGenerated(session, object, 'job');
}

/** A Job as the CronJob would make it, owned by it. */
function jobFromCronJob(session: Session, name: string, from: string): KubeObject {
  const [info] = findResources(session, {
    args: [from],
    continueOnError: false,
    listsTypes: true,
  }).infos();
  if (info?.mapping.kind !== 'CronJob') {
    throw new Failure(`unknown object type *v1.${info?.mapping.kind ?? ''}`);
  }
  const { metadata = {}, spec } = info.object as CronJob;
  const template = spec?.jobTemplate;
  const job = jobObject(session, name, {
    ...dropEmpty({ labels: template?.metadata?.labels }),
    annotations: {
      'cronjob.kubernetes.io/instantiate': 'manual',
      ...template?.metadata?.annotations,
    },
    ownerReferences: [
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        name: metadata.name,
        uid: metadata.uid,
        controller: true,
      },
    ],
  });
  return { ...job, spec: template?.spec ?? {}, status: {} };
}

export function createCronJob(session: Session): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const restart = flags.text('restart') || 'OnFailure';
  const template = podTemplate(name, flags.text('image'), commandOfArgs(session), restart);
  const metadata = typedMeta({ name, namespace: generatedNamespace(session) });
  const object = typedObject('CronJob', 'batch/v1', metadata, {
    spec: {
      schedule: flags.text('schedule'),
      jobTemplate: { metadata: typedMeta({ name }), spec: { template } },
    },
    status: {},
  });
  return createGenerated(session, object, 'cronjob');
}
