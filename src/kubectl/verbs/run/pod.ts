// The Pod (and Service) that `kubectl run` makes of its flags.
import type { KubeObject } from '#sim/api/objects.ts';
import { parseImageReference } from '#sim/images/reference.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import type { Labels } from '../common/typed.ts';
import { dropEmpty, generatedNamespace, typedMeta, typedObject } from '../common/typed.ts';

/** `a=b,c=d` (generate.ParseLabels). */
export function parseLabelSpecs(text: string): Labels | undefined {
  if (text === '') return undefined;
  const labels: Record<string, string> = {};
  for (const spec of text.split(',')) {
    const [key = '', value, ...more] = spec.split('=');
    if (value === undefined || more.length > 0) throw new Failure(`unexpected label spec: ${spec}`);
    if (key === '') throw new Failure('unexpected empty label key');
    labels[key] = value;
  }
  return labels;
}

/** `NAME=value` pairs of `--env`. */
export function parseEnvironment(pairs: readonly string[]): readonly object[] {
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0));
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) throw new Failure(`invalid env: ${pair}`);
    const value = pair.slice(equals + 1);
    return dropEmpty({ name, value: value === '' ? undefined : value });
  });
}

export function parseAnnotations(pairs: readonly string[]): Labels | undefined {
  const annotations: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new Failure(`invalid annotations format: ${pair}`);
    annotations[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return annotations;
}

/** `--port` as a number, the way strconv.Atoi reads it. */
export function parsePort(text: string): number | undefined {
  if (text === '') return undefined;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new Failure(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

export function checkImage(image: string): void {
  if (image === '') throw new Failure('--image is required');
  if (!parseImageReference(image).ok) {
    throw new Failure(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  }
}

/** The labels of the flags, or the usual one. */
export function runLabels(session: Session, name: string): Labels {
  return parseLabelSpecs(session.flags.text('labels')) ?? { run: name };
}

export function runPod(session: Session, name: string, words: readonly string[]): KubeObject {
  const { flags } = session;
  const port = parsePort(flags.text('port'));
  const stdin = flags.bool('stdin') || undefined;
  const isCommand = flags.bool('command');
  const environment = parseEnvironment(flags.list('env'));
  const container = dropEmpty({
    name,
    image: flags.text('image'),
    command: isCommand && words.length > 0 ? words : undefined,
    args: !isCommand && words.length > 0 ? words : undefined,
    ports: port === undefined ? undefined : [{ containerPort: port }],
    env: environment.length === 0 ? undefined : environment,
    resources: {},
    imagePullPolicy: flags.text('image-pull-policy') || undefined,
    securityContext: flags.bool('privileged') ? { privileged: true } : undefined,
    stdin,
    stdinOnce: (stdin === true && !flags.bool('leave-stdin-open')) || undefined,
    tty: flags.bool('tty') || undefined,
  });
  const metadata = typedMeta({
    name,
    namespace: generatedNamespace(session),
    labels: runLabels(session, name),
    annotations: parseAnnotations(flags.list('annotations')),
  });
  const spec = {
    containers: [container],
    restartPolicy: flags.text('restart') || (stdin === true ? 'OnFailure' : 'Always'),
    dnsPolicy: 'ClusterFirst',
  };
  return typedObject('Pod', 'v1', metadata, { spec, status: {} });
}

/** The Service of `--expose`. */
export function runService(session: Session, name: string): KubeObject {
  const port = parsePort(session.flags.text('port')) ?? 0;
  const metadata = typedMeta({
    name,
    namespace: generatedNamespace(session),
    labels: parseLabelSpecs(session.flags.text('labels')),
  });
  const spec = {
    ports: [{ protocol: 'TCP', port, targetPort: port }],
    selector: runLabels(session, name),
  };
  return typedObject('Service', 'v1', metadata, { spec, status: { loadBalancer: {} } });
}
