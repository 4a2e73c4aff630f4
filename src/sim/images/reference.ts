// Image references as people write them (`nginx`, `ghcr.io/me/app:1.0@sha256:…`) and as the runtime reads them.
// Grammar, defaults and error texts of github.com/distribution/reference, which kubelet and containerd share.

export interface ImageReference {
  /** `docker.io` where the name has no registry. */
  readonly domain: string;
  /** `library/nginx` for an official image of Docker Hub. */
  readonly path: string;
  readonly tag: string | undefined;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | undefined;
}

export type ParsedReference =
  | { readonly ok: true; readonly reference: ImageReference }
  /** The kubelet's words: `couldn't parse image name "…": …`. */
  | { readonly ok: false; readonly error: string };

const maxNameLength = 255;
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const domainLabel = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const identifier = /^[a-f0-9]{64}$/;

/**
 * Reads a reference and fills in registry and `library/` (ParseNormalizedNamed). The tag stays undefined when none is
 * written; see `withDefaultTag`.
 */
export function parseImageReference(image: string): ParsedReference {
  const fail = (why: string): ParsedReference => ({
    ok: false,
    error: `couldn't parse image name ${quote(image)}: ${why}`,
  });
  if (identifier.test(image)) {
    return fail(`invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`);
  }
  const { domain, remainder } = splitDomain(image);
  const colon = remainder.indexOf(':');
  const remote = colon < 0 ? remainder : remainder.slice(0, colon);
  if (remote.toLowerCase() !== remote) {
    return fail(`invalid reference format: repository name (${remote}) must be lowercase`);
  }
  const at = remainder.indexOf('@');
  const named = at < 0 ? remainder : remainder.slice(0, at);
  const digest = at < 0 ? undefined : remainder.slice(at + 1);
  const tagAt = named.lastIndexOf(':');
  const path = tagAt < 0 ? named : named.slice(0, tagAt);
  const tag = tagAt < 0 ? undefined : named.slice(tagAt + 1);
  if (!validDomain(domain) || !path.split('/').every((part) => component.test(part))) {
    return fail('invalid reference format');
  }
  if (tag !== undefined && !tagForm.test(tag)) return fail('invalid reference format');
  if (domain.length + 1 + path.length > maxNameLength) {
    return fail('repository name must not be more than 255 characters');
  }
  if (digest !== undefined) {
    const wrong = whyInvalidDigest(digest);
    if (wrong !== undefined) return fail(wrong);
  }
  return { ok: true, reference: { domain, path, tag, digest } };
}

/** The reference with `latest` where neither tag nor digest is written. */
export function withDefaultTag(reference: ImageReference): ImageReference {
  if (reference.tag !== undefined || reference.digest !== undefined) return reference;
  return { ...reference, tag: 'latest' };
}

/** `docker.io/library/nginx`: registry and repository. */
export function repositoryOf(reference: ImageReference): string {
  return `${reference.domain}/${reference.path}`;
}

/** `docker.io/library/nginx:1.27`: the whole reference, as containerd writes it. */
export function formatReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${repositoryOf(reference)}${tag}${digest}`;
}

/** The first part is a registry when it has a dot, a colon, upper case, or is `localhost`. */
function splitDomain(image: string): { domain: string; remainder: string } {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const isDomain =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const domain = !isDomain || first === 'index.docker.io' ? 'docker.io' : first;
  const remainder = isDomain ? image.slice(slash + 1) : image;
  const isOfficial = domain === 'docker.io' && !remainder.includes('/');
  return { domain, remainder: isOfficial ? `library/${remainder}` : remainder };
}

function validDomain(domain: string): boolean {
  const colon = domain.lastIndexOf(':');
  const host = colon < 0 ? domain : domain.slice(0, colon);
  const port = colon < 0 ? undefined : domain.slice(colon + 1);
  if (port !== undefined && !/^\d+$/.test(port)) return false;
  return host.split('.').every((label) => domainLabel.test(label));
}

function whyInvalidDigest(digest: string): string | undefined {
  const found = /^([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*):([0-9a-fA-F]{32,})$/.exec(
    digest,
  );
  if (!found) return 'invalid reference format';
  const lengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
  const length = lengths[found[1] ?? ''];
  const hex = found[2] ?? '';
  if (length === undefined) return 'unsupported digest algorithm';
  if (hex.length !== length) return 'invalid checksum digest length';
  return hex.toLowerCase() === hex ? undefined : 'invalid checksum digest format';
}

function quote(text: string): string {
  return JSON.stringify(text);
}
