// The commands of kubectl 1.33 in its own order: name, aliases after `|`, and the one line that help and completion
// show. Indentation makes subcommands; `#` starts a group of the top level.

export const commandTable = `
# Basic Commands (Beginner)
create: Create a resource from a file or from stdin
  clusterrole: Create a cluster role
  clusterrolebinding: Create a cluster role binding for a particular cluster role
  configmap|cm: Create a config map from a local file, directory or literal value
  cronjob|cj: Create a cron job with the specified name
  deployment|deploy: Create a deployment with the specified name
  ingress|ing: Create an ingress with the specified name
  job: Create a job with the specified name
  namespace|ns: Create a namespace with the specified name
  poddisruptionbudget|pdb: Create a pod disruption budget with the specified name
  priorityclass|pc: Create a priority class with the specified name
  quota|resourcequota: Create a quota with the specified name
  role: Create a role with single rule
  rolebinding: Create a role binding for a particular role or cluster role
  secret: Create a secret using a specified subcommand
    docker-registry: Create a secret for use with a Docker registry
    generic: Create a secret from a local file, directory, or literal value
    tls: Create a TLS secret
  service|svc: Create a service using a specified subcommand
    clusterip: Create a ClusterIP service
    externalname: Create an ExternalName service
    loadbalancer: Create a LoadBalancer service
    nodeport: Create a NodePort service
  serviceaccount|sa: Create a service account with the specified name
  token: Request a service account token
expose: Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service
run: Run a particular image on the cluster
set: Set specific features on objects
  env: Update environment variables on a pod template
  image: Update the image of a pod template
  resources: Update resource requests/limits on objects with pod templates
  selector: Set the selector on a resource
  serviceaccount|sa: Update the service account of a resource
  subject: Update the user, group, or service account in a role binding or cluster role binding
# Basic Commands (Intermediate)
explain: Get documentation for a resource
get: Display one or many resources
edit: Edit a resource on the server
delete: Delete resources by file names, stdin, resources and names, or by resources and label selector
# Deploy Commands
rollout: Manage the rollout of a resource
  history: View rollout history
  pause: Mark the provided resource as paused
  restart: Restart a resource
  resume: Resume a paused resource
  status: Show the status of the rollout
  undo: Undo a previous rollout
scale: Set a new size for a deployment, replica set, or replication controller
autoscale: Auto-scale a deployment, replica set, stateful set, or replication controller
# Cluster Management Commands
certificate: Modify certificate resources
  approve: Approve a certificate signing request
  deny: Deny a certificate signing request
cluster-info: Display cluster information
  dump: Dump relevant information for debugging and diagnosis
top: Display resource (CPU/memory) usage
  node|nodes|no: Display resource (CPU/memory) usage of nodes
  pod|pods|po: Display resource (CPU/memory) usage of pods
cordon: Mark node as unschedulable
uncordon: Mark node as schedulable
drain: Drain node in preparation for maintenance
taint: Update the taints on one or more nodes
# Troubleshooting and Debugging Commands
describe: Show details of a specific resource or group of resources
logs: Print the logs for a container in a pod
attach: Attach to a running container
exec: Execute a command in a container
port-forward: Forward one or more local ports to a pod
proxy: Run a proxy to the Kubernetes API server
cp: Copy files and directories to and from containers
auth: Inspect authorization
  can-i: Check whether an action is allowed
  reconcile: Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects
  whoami: Experimental: Check self subject attributes
debug: Create debugging sessions for troubleshooting workloads and nodes
events: List events
# Advanced Commands
diff: Diff the live version against a would-be applied version
apply: Apply a configuration to a resource by file name or stdin
  edit-last-applied: Edit latest last-applied-configuration annotations of a resource/object
  set-last-applied: Set the last-applied-configuration annotation on a live object to match the contents of a file
  view-last-applied: View the latest last-applied-configuration annotations of a resource/object
patch: Update fields of a resource
replace: Replace a resource by file name or stdin
wait: Experimental: Wait for a specific condition on one or many resources
kustomize: Build a kustomization target from a directory or URL
# Settings Commands
label: Update the labels on a resource
annotate: Update the annotations on a resource
completion: Output shell completion code for the specified shell (bash, zsh, fish, or powershell)
# Other Commands
config: Modify kubeconfig files
  current-context: Display the current-context
  delete-cluster: Delete the specified cluster from the kubeconfig
  delete-context: Delete the specified context from the kubeconfig
  delete-user: Delete the specified user from the kubeconfig
  get-clusters: Display clusters defined in the kubeconfig
  get-contexts: Describe one or many contexts
  get-users: Display users defined in the kubeconfig
  rename-context: Rename a context from the kubeconfig file
  set: Set an individual value in a kubeconfig file
  set-cluster: Set a cluster entry in kubeconfig
  set-context: Set a context entry in kubeconfig
  set-credentials: Set a user entry in kubeconfig
  unset: Unset an individual value in a kubeconfig file
  use-context|use: Set the current-context in a kubeconfig file
  view: Display merged kubeconfig settings or a specified kubeconfig file
plugin: Provides utilities for interacting with plugins
  list: List all visible plugin executables on a user's PATH
version: Print the client and server version information
api-versions: Print the supported API versions on the server, in the form of "group/version"
api-resources: Print the supported API resources on the server
`;
