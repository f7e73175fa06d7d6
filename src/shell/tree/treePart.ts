/** What of a tree's node tells where it stands: as much as is needed to say when VS Code may be told of it. */
export interface TreePart {
  readonly id: string;
  /** Undefined at the top. */
  readonly parent: TreePart | undefined;
}
