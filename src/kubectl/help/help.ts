// Help as kubectl lays it out: what a command is for, its flags, its usage line.
import type { Command } from '../commands/tree.ts';
import { ownFlags, rootCommand } from '../commands/tree.ts';
import { shownDefault } from '../flags/spec.ts';
import type { Session } from '../session.ts';

const padded = (command: Command, width: number): string =>
  `  ${command.name.padEnd(width)} ${command.summary}\n`;

function childList(children: readonly Command[]): string {
  const width = Math.max(...children.map((child) => child.name.length)) + 2;
  return children.map((child) => padded(child, width)).join('');
}

const globalHint =
  'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

/** `kubectl` alone: all commands by group. */
export function rootHelp(_session: Session): string {
  const groups = new Map<string, Command[]>();
  for (const child of rootCommand.children) {
    if (child.group === '') continue;
    groups.set(child.group, [...(groups.get(child.group) ?? []), child]);
  }
  let text =
    'kubectl controls the Kubernetes cluster manager.\n\n' +
    ' Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n';
  for (const [group, children] of groups) {
    if (group.startsWith('Other')) text += 'Subcommands provided by plugins:\n\n';
    const sorted = group.startsWith('Other')
      ? children.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      : children;
    text += `${group}:\n${sorted.map((child) => padded(child, 15)).join('')}\n`;
  }
  return `${text}Usage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\n${globalHint}`;
}

/** Help of one command. */
export function commandHelp(session: Session, command: Command): string {
  const flags = ownFlags(command);
  let text = `${command.summary}.\n`;
  const children = command.children.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (children.length > 0) text += `\nAvailable Commands:\n${childList(children)}`;
  if (flags.length > 0) {
    text += '\nOptions:\n';
    text += flags
      .map((spec) => {
        const letter = spec.shorthand === '' ? '' : `-${spec.shorthand}, `;
        return `    ${letter}--${spec.name}=${shownDefault(spec)}:\n`;
      })
      .join('\n');
  }
  void session;
  text += `\nUsage:\n  ${command.path} [options]\n`;
  if (children.length > 0) {
    text += `\nUse "${command.path} <command> --help" for more information about a given command.\n`;
  }
  return `${text}${globalHint}`;
}
