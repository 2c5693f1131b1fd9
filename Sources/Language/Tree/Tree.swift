import Support
import Syntax
import Value

/// The place of a node in ``Tree/nodes``.
struct NodeIndex: Hashable, Sendable {
    let raw: UInt32
}

/// The places of several nodes: a run of ``Tree/lists``.
struct NodeList: Hashable, Sendable {
    let start: UInt32
    let count: UInt32

    static let empty = NodeList(start: 0, count: 0)
}

/// A place in the frame of the function at work.
struct Slot: Hashable, Sendable {
    let raw: UInt32
}

/// A place among the globals of a session.
struct GlobalSlot: Hashable, Sendable {
    let raw: UInt32
}

/// The place of a row in ``Builtins/all``.
struct BuiltinIndex: Hashable, Sendable {
    let raw: UInt32
}

/// The place of a row in one of the side tables of ``Tree``.
struct Row<Content>: Hashable, Sendable {
    let raw: UInt32
}

extension ContiguousArray {
    @inline(__always)
    subscript(row: Row<Element>) -> Element {
        get { self[Int(row.raw)] }
        _modify { yield &self[Int(row.raw)] }
    }

    /// Appends a row and answers its place.
    mutating func add(_ row: Element) -> Row<Element> {
        append(row)
        return Row(raw: UInt32(count - 1))
    }
}

/// A span with the index of its source.
struct NodeSpan {
    var source: Int32
    var span: SourceSpan
}

/// The resolved tree of a session: everything that was resolved so far, as flat tables of plain
/// data. The tables only grow, so places stay valid.
struct Tree {
    private(set) var nodes: ContiguousArray<Node> = []
    /// The place of each node in the text, for messages.
    private(set) var spans: ContiguousArray<NodeSpan> = []
    private(set) var lists: ContiguousArray<NodeIndex> = []
    var sources: [Source] = []
    var constants: ContiguousArray<Value> = []
    var functions: ContiguousArray<Function> = []
    /// What a call needs of each function, without references.
    var entries: ContiguousArray<FunctionEntry> = []
    private(set) var paths: ContiguousArray<PathPlan> = []
    /// For each path that is nothing but fields, where its keys lie; empty for others.
    private(set) var fieldRanges: ContiguousArray<Range<UInt32>> = []
    private(set) var keys: ContiguousArray<Key> = []
    var fieldTests: ContiguousArray<FieldTest> = []
    /// The texts of the field tests.
    var texts: ContiguousArray<String> = []
    var parts: ContiguousArray<PartPlan> = []
    var maps: ContiguousArray<MapPlan> = []
    var queries: ContiguousArray<QueryPlan> = []
    var matches: ContiguousArray<MatchPlan> = []
    var commands: ContiguousArray<CommandPlan> = []
    var simples: ContiguousArray<SimplePlan> = []
    var compounds: ContiguousArray<CompoundPlan> = []
    var parameters: ContiguousArray<ParameterPlan> = []
    var behaviors: ContiguousArray<BehaviorPlan> = []
    var guards: ContiguousArray<GuardPlan> = []
    var expectations: ContiguousArray<ExpectationPlan> = []
    var quantifiers: ContiguousArray<QuantifierPlan> = []

    // MARK: Reading

    // Each step of a script reads several nodes. Their indices come from the resolver alone and are
    // in bounds; only debug builds look.

    /// The node of an expression.
    @inline(__always)
    func expression(at index: NodeIndex) -> ExpressionNode {
        guard
            case .expression(let node) = nodes.withUnsafeBufferPointer({ $0[Int(index.raw)] })
        else {
            preconditionFailure("a statement stands where a value is due")
        }
        return node
    }

    /// The node of a statement.
    @inline(__always)
    func statement(at index: NodeIndex) -> StatementNode {
        guard case .statement(let node) = nodes.withUnsafeBufferPointer({ $0[Int(index.raw)] })
        else {
            preconditionFailure("an expression stands where a statement is due")
        }
        return node
    }

    /// Whether a value is due at `index`, and not a statement.
    @inline(__always)
    func isExpression(at index: NodeIndex) -> Bool {
        if case .expression = nodes.withUnsafeBufferPointer({ $0[Int(index.raw)] }) {
            true
        } else {
            false
        }
    }

    @inline(__always)
    func entry(of function: Row<Function>) -> FunctionEntry {
        entries.withUnsafeBufferPointer { $0[Int(function.raw)] }
    }

    @inline(__always)
    func child(_ list: NodeList, _ place: UInt32) -> NodeIndex {
        lists.withUnsafeBufferPointer { $0[Int(list.start &+ place)] }
    }

    /// The expression at `index` as it stands beside an operator.
    func operand(_ index: NodeIndex) -> Operand { Operand(nodes[Int(index.raw)], at: index) }

    func place(of index: NodeIndex) -> Place {
        let span = spans[Int(index.raw)]
        return Place(source: sources[Int(span.source)], span: span.span)
    }

    // MARK: Adding

    mutating func add(_ node: Node, at span: NodeSpan) -> NodeIndex {
        nodes.append(node)
        spans.append(span)
        return NodeIndex(raw: UInt32(nodes.count - 1))
    }

    mutating func add(_ path: PathPlan) -> Row<PathPlan> {
        let start = keys.count
        for case .field(let key) in path.steps { keys.append(key) }
        if keys.count - start < path.steps.count { keys.removeLast(keys.count - start) }
        fieldRanges.append(UInt32(start)..<UInt32(keys.count))
        return paths.add(path)
    }

    /// Where the keys of a path lie that is nothing but fields; empty for others.
    @inline(__always)
    func fieldRange(of path: Row<PathPlan>) -> Range<Int> {
        let range = fieldRanges[Int(path.raw)]
        return Int(range.lowerBound)..<Int(range.upperBound)
    }

    mutating func list(of children: [NodeIndex]) -> NodeList {
        let start = UInt32(lists.count)
        lists += children
        return NodeList(start: start, count: UInt32(children.count))
    }
}
