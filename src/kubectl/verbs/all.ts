// Every verb of this lab by its command's path.
import type { Verb } from '../main.ts';
import { apply } from './apply/apply.ts';
import { attach } from './attach/attach.ts';
import { clusterInfo } from './cluster-info.ts';
import {
  currentContext,
  deleteContext,
  getContexts,
  renameContext,
  setContext,
  useContext,
} from './config/contexts.ts';
import {
  deleteCluster,
  deleteUser,
  getClusters,
  getUsers,
  setCluster,
  setCredentials,
  setProperty,
  unsetProperty,
} from './config/entries.ts';
import { viewConfig } from './config/view.ts';
import { create } from './create/create.ts';
import {
  createConfigMap,
  createDockerSecret,
  createGenericSecret,
  createTlsSecret,
} from './create/generators/config.ts';
import {
  createDisruptionBudget,
  createNamespace,
  createPriorityClass,
  createQuota,
  createServiceAccount,
  createToken,
} from './create/generators/policies.ts';
import {
  createClusterIp,
  createExternalName,
  createLoadBalancer,
  createNodePort,
} from './create/generators/services.ts';
import { createCronJob, createDeployment, createJob } from './create/generators/workloads.ts';
import { deleteVerb } from './delete/delete.ts';
import { describe } from './describe/describe.ts';
import { apiResources, apiVersions } from './discovery/api-resources.ts';
import { events } from './events/events.ts';
import { exec } from './exec/exec.ts';
import { expose } from './expose/expose.ts';
import { get } from './get/get.ts';
import { annotate, label } from './label/label.ts';
import { logs } from './logs/logs.ts';
import { cordon, uncordon } from './nodes/cordon.ts';
import { drain } from './nodes/drain.ts';
import { taint } from './nodes/taint.ts';
import { patch } from './patch/patch.ts';
import { pluginList } from './plugin.ts';
import { replace } from './replace/replace.ts';
import { rolloutHistory } from './rollout/history.ts';
import { rolloutStatus } from './rollout/status.ts';
import { rolloutPause, rolloutRestart, rolloutResume } from './rollout/switches.ts';
import { rolloutUndo } from './rollout/undo.ts';
import { run } from './run/run.ts';
import { autoscale } from './scale/autoscale.ts';
import { scale } from './scale/scale.ts';
import { setEnv } from './set/env.ts';
import { setImage } from './set/image.ts';
import { setSelector, setServiceAccount } from './set/other.ts';
import { setResources } from './set/resources.ts';
import { version } from './version.ts';
import { wait } from './wait/wait.ts';

export const verbs: Readonly<Record<string, Verb>> = {
  annotate,
  'api-resources': apiResources,
  'api-versions': apiVersions,
  apply,
  attach,
  autoscale,
  'cluster-info': clusterInfo,
  'config current-context': currentContext,
  'config delete-cluster': deleteCluster,
  'config delete-context': deleteContext,
  'config delete-user': deleteUser,
  'config get-clusters': getClusters,
  'config get-contexts': getContexts,
  'config get-users': getUsers,
  'config rename-context': renameContext,
  'config set': setProperty,
  'config set-cluster': setCluster,
  'config set-context': setContext,
  'config set-credentials': setCredentials,
  'config unset': unsetProperty,
  'config use-context': useContext,
  'config view': viewConfig,
  cordon,
  create,
  'create configmap': createConfigMap,
  'create cronjob': createCronJob,
  'create deployment': createDeployment,
  'create job': createJob,
  'create namespace': createNamespace,
  'create poddisruptionbudget': createDisruptionBudget,
  'create priorityclass': createPriorityClass,
  'create quota': createQuota,
  'create secret docker-registry': createDockerSecret,
  'create secret generic': createGenericSecret,
  'create secret tls': createTlsSecret,
  'create service clusterip': createClusterIp,
  'create service externalname': createExternalName,
  'create service loadbalancer': createLoadBalancer,
  'create service nodeport': createNodePort,
  'create serviceaccount': createServiceAccount,
  'create token': createToken,
  delete: deleteVerb,
  describe,
  drain,
  events,
  exec,
  expose,
  get,
  label,
  logs,
  patch,
  'plugin list': pluginList,
  replace,
  'rollout history': rolloutHistory,
  'rollout pause': rolloutPause,
  'rollout restart': rolloutRestart,
  'rollout resume': rolloutResume,
  'rollout status': rolloutStatus,
  'rollout undo': rolloutUndo,
  run,
  scale,
  'set env': setEnv,
  'set image': setImage,
  'set resources': setResources,
  'set selector': setSelector,
  'set serviceaccount': setServiceAccount,
  taint,
  uncordon,
  version,
  wait,
};
