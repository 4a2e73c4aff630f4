// A simulated cluster behind its HTTP API, moving with the wall clock.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cluster } from '#sim/cluster.ts';
import { createApiHttp } from './api-http.ts';
import { ClockDriver } from './clock-driver.ts';
import type { LabControl } from './lab-control.ts';
import { answerLab } from './lab-control.ts';

export interface ServeOptions {
  /** Makes the cluster, and a new one on reset. */
  readonly makeCluster: () => Cluster;
  /** 0 takes a free port. */
  readonly port: number;
  /** Virtual seconds per second. */
  readonly speed: number;
  /** Address to listen on; anything but loopback lets the network in. */
  readonly host?: string;
}

export interface ServedCluster {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly cluster: () => Cluster;
  stop(): Promise<void>;
}

/** Starts serving. The API has no authentication: whoever reaches the address is the administrator. */
export async function serveCluster(options: ServeOptions): Promise<ServedCluster> {
  const { host = '127.0.0.1', port, speed } = options;
  let cluster = options.makeCluster();
  let driver = new ClockDriver(cluster.clock, speed);
  const http = listenable();
  const control = labControl();

  function labControl(): LabControl {
    const state = () => ({
      nowMs: cluster.clock.nowMs(),
      speed: driver.speed,
      nextMs: cluster.clock.nextMs(),
    });
    return {
      clock: state,
      setSpeed: (next) => {
        driver.speed = next;
      },
      advance: (ms) => driver.advance(ms),
      jump: () => driver.jump(),
      faults: {
        'power-off': (node) => cluster.powerOff(node),
        'power-on': (node) => cluster.powerOn(node),
        'cable-out': (node) => cluster.cableOut(node),
        'cable-in': (node) => cluster.cableIn(node),
        'stop-kubelet': (node) => cluster.stopKubelet(node),
        'start-kubelet': (node) => cluster.startKubelet(node),
      },
      nodes: () => [...cluster.nodes.keys()],
      reset() {
        const { speed: present } = driver;
        driver.stop();
        cluster = options.makeCluster();
        driver = new ClockDriver(cluster.clock, present);
      },
    };
  }

  function listenable(): Server {
    return createApiHttp({
      server: () => cluster.server,
      catchUp: () => driver.catchUp(),
      intercept: (incoming: IncomingMessage, response: ServerResponse, body: unknown) => {
        const path = (incoming.url ?? '/').split('?')[0] ?? '/';
        return answerLab(control, incoming.method ?? 'GET', path, body, response);
      },
    });
  }

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  const { port: bound } = http.address() as AddressInfo;
  return {
    url: `http://${host}:${bound}`,
    cluster: () => cluster,
    async stop() {
      driver.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Writes a kubeconfig with one context for the served cluster. */
export function writeKubeconfig(file: string, url: string): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'podlab',
    clusters: [{ name: 'podlab', cluster: { server: url } }],
    users: [{ name: 'kubernetes-admin', user: { token: randomUUID() } }],
    contexts: [
      {
        name: 'podlab',
        context: { cluster: 'podlab', user: 'kubernetes-admin', namespace: 'default' },
      },
    ],
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
