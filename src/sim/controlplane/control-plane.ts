// The parts of the control plane beside the API server, put together.
import type { Client, EventRecorder } from '../apiserver/types.ts';
import type { Clock } from '../runtime/clock.ts';
import { Random } from '../runtime/random.ts';
import { DeploymentController } from './deployment/deployment.ts';
import { EndpointsController } from './endpoints/endpoint-slices.ts';
import { GarbageCollector } from './garbage/garbage-collector.ts';
import { NamespaceController } from './namespace/namespace-deletion.ts';
import { NamespaceContentController } from './namespace/service-accounts.ts';
import { NodeLifecycleController } from './nodes/node-lifecycle.ts';
import { PodGarbageCollector } from './nodes/pod-gc.ts';
import { TaintEvictionController } from './nodes/taint-eviction.ts';
import { ReplicaSetController } from './replicaset/replicaset.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import type { Controller, ControllerContext } from './shared/controller.ts';

export interface ControlPlaneOptions {
  readonly clock: Clock;
  readonly seed: number;
  /** The API for a component of that name. */
  readonly client: (component: string) => Client;
  readonly recorder: (component: string) => EventRecorder;
}

/** Starts scheduler and controllers over one API server. */
export function startControlPlane({ clock, seed, client, recorder }: ControlPlaneOptions): void {
  const context: ControllerContext = {
    clock,
    client: client('kube-controller-manager'),
    recorder,
    random: (component) => new Random(seed, component),
  };
  const controllers: readonly Controller[] = [
    new NamespaceContentController(context),
    new NamespaceController(context),
    new GarbageCollector(context),
    new ReplicaSetController(context),
    new DeploymentController(context),
    new EndpointsController(context),
    new NodeLifecycleController(context),
    new TaintEvictionController(context),
    new PodGarbageCollector(context),
  ];
  for (const controller of controllers) controller.start();
  const scheduler = new Scheduler({
    clock,
    seed,
    client: client('kube-scheduler'),
    recorder: recorder('default-scheduler'),
  });
  scheduler.start();
}
