// `kubectl set image` (kubectl/pkg/cmd/set/set_image.go).
import type { Container, PodSpec } from '#sim/api/generated/types.ts';
import { Failure, FailureList } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { splitPairs } from '../label/pairs.ts';
import { changeAll, targetsOf, withPodSpec } from './change.ts';

type Images = ReadonlyMap<string, string>;

function parseImages(pairs: readonly string[]): Images {
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new Failure(`invalid image format: ${pair}`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

function withImages(containers: readonly Container[], images: Images): readonly Container[] {
  return containers.map((container) => {
    const image = images.get(container.name) ?? images.get('*');
    return image === undefined ? container : { ...container, image };
  });
}

function missing(spec: PodSpec, images: Images): readonly Error[] {
  const all = [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name);
  return [...images.keys()]
    .filter((name) => name !== '*' && !all.includes(name))
    .map((name) => new Failure(`unable to find container named ${JSON.stringify(name)}`));
}

export function setImage(session: Session): number {
  const { resources, pairs } = splitPairs(session.args, 'image');
  const images = parseImages(pairs);
  const infos = targetsOf(session, resources);
  if (images.size === 0) throw new Failure('at least one image update is required');
  const unknown: Error[] = [];
  changeAll(
    session,
    infos,
    (info) =>
      withPodSpec(info, (spec) => {
        unknown.push(...missing(spec, images));
        const { initContainers } = spec;
        const first =
          initContainers === undefined
            ? {}
            : { initContainers: withImages(initContainers, images) };
        return { ...spec, ...first, containers: withImages(spec.containers, images) };
      }),
    {
      operation: 'image updated',
      refusal: 'failed to patch image update to pod template: ',
    },
  );
  const [first] = unknown;
  if (first !== undefined) throw unknown.length === 1 ? first : new FailureList(unknown);
  return 0;
}
