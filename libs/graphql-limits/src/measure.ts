import { Kind, visit } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionNode,
} from 'graphql';

/** What one number of an operation is made of. */
export interface Measure {
  /** The weight of a field, given that of everything selected below it. */
  weigh(field: FieldNode, below: number): number;
  /** Brings neighbours together, such as the sum or the greater one; 0 is neutral. */
  join(left: number, right: number): number;
}

/** One node whose selections are being gone through. */
class Visit {
  next = 0;
  total = 0;

  constructor(readonly node: OperationDefinitionNode | FragmentDefinitionNode | InlineFragmentNode | FieldNode) {}
}

/**
 * Measures the operations of one document, each fragment only once however often it is spread. Keeps a stack of its
 * own, so that neither deep nesting nor a long chain of fragments can exhaust the call stack.
 */
export class Meter {
  private readonly definitions: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly measured = new Map<string, number>();

  constructor(
    document: DocumentNode,
    private readonly measure: Measure,
  ) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.definitions = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** The operation's measure with all its fragments; one that spreads itself counts 0 within itself. */
  total(operation: OperationDefinitionNode): number {
    const root = new Visit(operation);
    const open = [root];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const selection = top.node.selectionSet?.selections[top.next];
      top.next += 1;
      if (selection) {
        this.enter(selection, top, open);
        continue;
      }
      open.pop();
      this.leave(top, open.at(-1));
    }
    return root.total;
  }

  private enter(selection: SelectionNode, parent: Visit, open: Visit[]): void {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) {
      open.push(new Visit(selection));
      return;
    }
    const name = selection.name.value;
    const known = this.measured.get(name);
    const definition = this.definitions.get(name);
    if (known === undefined && definition) {
      this.measured.set(name, 0); // until it is left, which ends cycles
      open.push(new Visit(definition));
      return;
    }
    parent.total = this.measure.join(parent.total, known ?? 0);
  }

  private leave({ node, total }: Visit, parent: Visit | undefined): void {
    const value = node.kind === Kind.FIELD ? this.measure.weigh(node, total) : total;
    if (node.kind === Kind.FRAGMENT_DEFINITION) this.measured.set(node.name.value, value);
    if (parent) parent.total = this.measure.join(parent.total, value);
  }
}

/** How many nodes of a kind are written in the document, fragments taken once. */
export function countNodes(document: DocumentNode, kind: Kind): number {
  let count = 0;
  visit(document, {
    enter(node) {
      if (node.kind === kind) count += 1;
    },
  });
  return count;
}
