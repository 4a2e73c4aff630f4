// `kubectl create configmap` and `kubectl create secret`.
import { isErrno } from '#sim/kernel/errno.ts';
import { encodeBase64 } from '#sim/api/base64.ts';
import { Exit, Failure } from '../../../failure.ts';
import { compactTypedJson } from '../../../print/json.ts';
import type { Session } from '../../../session.ts';
import { generatedNamespace, typedMeta, typedObject } from '../../common/typed.ts';
import { createGenerated, nameOfArgs } from '../generate.ts';
import type { Data } from './sources.ts';
import { collectData, dataObject } from './sources.ts';

function refuseHash(session: Session): void {
  if (!session.flags.bool('append-hash')) return;
  throw new Exit(
    1,
    `error: unknown flag: --append-hash\nReal kubectl has "${session.command.path} --append-hash"; this lab does not.`,
  );
}

export function createConfigMap(session: Session): number {
  const name = nameOfArgs(session);
  refuseHash(session);
  const data = dataObject(collectData(session, { kind: 'ConfigMap', name }), (value) => value);
  const metadata = typedMeta({ name, namespace: generatedNamespace(session) });
  // Data stands before metadata in YAML only because keys are sorted there.
  const object = typedObject('ConfigMap', 'v1', metadata, { data });
  return createGenerated(session, object, 'configmap');
}

function createSecret(session: Session, name: string, data: Data, type: string): number {
  refuseHash(session);
  const metadata = typedMeta({ name, namespace: generatedNamespace(session) });
  const object = typedObject('Secret', 'v1', metadata, {
    data: dataObject(data, encodeBase64),
    type: type === '' ? undefined : type,
  });
  return createGenerated(session, object, 'secret');
}

export function createGenericSecret(session: Session): number {
  const name = nameOfArgs(session);
  const data = collectData(session, { kind: 'Secret', name });
  return createSecret(session, name, data, session.flags.text('type'));
}

export function createTlsSecret(session: Session): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const [cert, key] = [flags.text('cert'), flags.text('key')];
  if (cert === '' || key === '') throw new Failure('key and cert must be specified');
  const certText = readKeyFile(session, cert);
  const keyText = readKeyFile(session, key);
  if (!certText.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Failure('tls: failed to find any PEM data in certificate input');
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(keyText)) {
    throw new Failure('tls: failed to find any PEM data in key input');
  }
  const data: Data = new Map([
    ['tls.crt', certText],
    ['tls.key', keyText],
  ]);
  return createSecret(session, name, data, 'kubernetes.io/tls');
}

function readKeyFile(session: Session, path: string): string {
  try {
    return session.process.files.readText(path);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    throw new Failure(`Cannot read file ${path}, open ${path}: ${thrown.message.toLowerCase()}`);
  }
}

export function createDockerSecret(session: Session): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const username = flags.text('docker-username');
  const password = flags.text('docker-password');
  const server = flags.text('docker-server');
  const hasFile = flags.list('from-file').length > 0;
  if (!hasFile && (username === '' || password === '' || server === '')) {
    throw new Failure(
      'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
    );
  }
  const type = 'kubernetes.io/dockerconfigjson';
  if (hasFile) {
    return createSecret(session, name, collectData(session, { kind: 'Secret', name }), type);
  }
  const email = flags.text('docker-email');
  const auth = encodeBase64(`${username}:${password}`);
  const entry = { username, password, ...(email === '' ? {} : { email }), auth };
  const config = compactTypedJson({ auths: { [server]: entry } });
  return createSecret(session, name, new Map([['.dockerconfigjson', config]]), type);
}
