import { beforeEach, describe, expect, it } from 'vitest';
import { testCluster } from '../testing/run.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  containers:
  - {name: web, image: nginx:1.27}
  - {name: helper, image: busybox:1.36}
`;

describe('kubectl __complete', () => {
  let cluster: ReturnType<typeof testCluster>;
  const complete = (line: string): readonly string[] =>
    cluster.run(`kubectl __complete ${line}`).stdout.trimEnd().split('\n');
  beforeEach(() => {
    cluster = testCluster();
    cluster.run('kubectl create -f pod.yaml', { files: { 'pod.yaml': pod } });
  });

  it('offers commands of this lab with their summaries', () => {
    expect(complete('des')).toEqual([
      'describe\tShow details of a specific resource or group of resources',
      ':4',
    ]);
    expect(complete("''")).not.toContainEqual(expect.stringMatching(/^certificate/));
  });

  it('offers types, then names', () => {
    expect(complete('get pod')).toEqual(expect.arrayContaining(['pods', ':4']));
    expect(complete("get pods ''")).toEqual(['shop', ':4']);
    expect(complete('describe pod/s')).toEqual(['pod/shop', ':4']);
    expect(complete("get pods shop ''")).toEqual([':4']);
  });

  it('offers Pods and their containers', () => {
    expect(complete("exec ''")).toEqual(['shop', ':4']);
    expect(complete("exec shop -c ''")).toEqual(['web', 'helper', ':4']);
    expect(complete('logs shop h')).toEqual(['helper', ':4']);
  });

  it('offers flags and what they take', () => {
    expect(complete('get pods --all-n')).toEqual(['--all-namespaces', ':4']);
    expect(complete('run web --ima')).toEqual(['--image-pull-policy=', '--image=', ':4']);
    expect(complete('get pods -o ya')).toEqual(['yaml', ':4']);
    expect(complete('get pods --output=wi')).toEqual(['--output=wide', ':4']);
    expect(complete('get pods -n kube-s')).toEqual(['kube-system', ':4']);
    expect(complete("apply -f ''")).toEqual([':0']);
  });

  it('offers nothing where it has no answer, and never fails', () => {
    expect(complete("get nonsense ''")).toEqual([':4']);
    expect(complete("exec nobody -c ''")).toEqual([':4']);
    expect(complete("get --nonsense ''")).toEqual([':4']);
  });
});
