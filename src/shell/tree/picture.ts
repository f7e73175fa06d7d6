import { assertNever } from '../../core/util/assertNever';
import type { ListKey } from '../../core/store/snapshot';
import type { AnnotationOf } from '../../core/view/filter';
import type { TreeModel } from '../../core/view/treeModel';
import type { TreeNode } from '../../core/view/treeNodes';
import { conversationPicture } from './conversationPicture';
import { groupPicture } from './groupPicture';
import { morePicture, noticePicture, restPicture } from './statePicture';

/** Everything that is seen and heard of a row, as plain data: two pictures that are equal need no new rendering. */
export interface RowPicture {
  readonly label: string;
  readonly description?: string;
  /** A codicon's name. */
  readonly icon: string;
  /** A theme colour's id. */
  readonly color?: string;
  /** Told to menus as `viewItem`. */
  readonly context: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly tooltip?: string;
}

/** What pictures depend on beside the model. */
export interface PictureContext {
  /** Epoch milliseconds. */
  readonly now: number;
  /** How the server's zoneless times are read. */
  readonly zone: string;
  readonly filterWords: string;
  /** Whether nobody has looked at a conversation yet that has begun meanwhile. */
  readonly isNew: (conversationId: string) => boolean;
  readonly annotationOf: AnnotationOf;
  /** Whether a list has been busy for so long that its row says so. */
  readonly isLong: (list: ListKey) => boolean;
}

export function pictureOf(node: TreeNode, model: TreeModel, context: PictureContext): RowPicture {
  switch (node.kind) {
    case 'group':
      return groupPicture(node, model, context);
    case 'conversation':
      return conversationPicture(node, model.find(node.conversationId), context, (assistantId) =>
        model.sharesName(assistantId),
      );
    case 'more':
      return morePicture(node, model, context);
    case 'rest':
      return restPicture(node, model);
    case 'notice':
      return noticePicture(node, model, context);
    default:
      return assertNever(node);
  }
}
