import Value

/// A node of the resolved tree: what is to be done, with the places of its children.
///
/// 16 bytes of plain data without references, so that reading one counts nothing. What does not fit
/// lies in the side tables of ``Tree``. The enums nest by aspect: each file of the evaluator has a
/// `switch` over one of them, and the compiler checks that no kind is forgotten.
///
/// To each kind of statement and expression belongs a production of grammar/drydock.ebnf; a test
/// holds both against each other by ``StatementKind`` and ``ExpressionKind``.
enum Node: Sendable {
    case expression(ExpressionNode)
    case statement(StatementNode)
}

// MARK: - Expressions

/// A node that gives a value.
enum ExpressionNode: Sendable {
    case constant(Row<Value>)
    case integer(Int64)
    case variable(Variable)
    case arithmetic(ArithmeticOperator, Operand, Operand)
    case negate(NodeIndex)
    case comparison(ComparisonNode)
    case logic(LogicNode)
    case path(PathNode)
    case structure(StructureNode)
    case call(CallNode)
    case items(ItemsNode)
    case world(WorldNode)
    case reading(ReadingNode)
}

/// Where a variable lives.
enum Variable: Equatable, Sendable {
    /// In the frame of the function at work.
    case local(Slot)
    /// In a ``Cell`` whose reference is in the frame: captured by a closure and assigned.
    case cell(Slot)
    /// In the session, for functions, scenarios and later statements at a prompt.
    case global(GlobalSlot)
}

enum ArithmeticOperator: Sendable {
    case add, subtract, multiply, divide, remainder
}

/// Operators on two values that answer true or false.
enum ComparisonNode: Sendable {
    case equal(Operand, Operand)
    case notEqual(Operand, Operand)
    case ordered(Operators.Order, Operand, Operand)
    /// Whether a field is, or is not, a certain text: the heart of every scan.
    case fieldIs(Row<FieldTest>)
    case fieldIsNot(Row<FieldTest>)
    case contains(NodeIndex, NodeIndex)
    case inside(NodeIndex, NodeIndex)
    case notInside(NodeIndex, NodeIndex)
    /// A subset match of the left side with the pattern on the right.
    case matches(NodeIndex, NodeIndex, Row<MatchPlan>)
    /// The regular expression on the right occurs in the text on the left.
    case matchesRegex(NodeIndex, NodeIndex)
}

/// What decides: operators on true and false, and what asks for something of a value.
enum LogicNode: Sendable {
    case and(NodeIndex, NodeIndex)
    case or(NodeIndex, NodeIndex)
    case not(NodeIndex)
    /// `if c then a else b`
    case conditional(NodeIndex, NodeIndex, NodeIndex)
    case exists(NodeIndex)
    case absent(NodeIndex)
    /// `every`, `any` or `none` of a list.
    case quantified(Row<QuantifierPlan>)
}

/// Parts of a value.
enum PathNode: Sendable {
    /// Nothing but fields by name.
    case fields(NodeIndex, Row<PathPlan>)
    /// Any steps.
    case steps(NodeIndex, Row<PathPlan>)
}

/// New values out of others.
enum StructureNode: Sendable {
    case list(NodeList)
    /// `[…, a, b]`
    case openList(NodeList)
    case map(Row<MapPlan>)
    /// `a..b`
    case range(NodeIndex, NodeIndex)
    /// The texts of the values, joined.
    case text(NodeList)
}

enum CallNode: Sendable {
    /// A function that a `fn` at the top declared.
    case function(Row<Function>, NodeList)
    /// A function that is a value.
    case value(NodeIndex, NodeList)
    case builtin(BuiltinIndex, NodeList)
    /// A function with what it takes along.
    case closure(Row<Function>)
    /// As ``closure(_:)``, with the contents of cells as they are now.
    case frozenClosure(Row<Function>)
}

/// Lists item by item; the item lies in a slot.
enum ItemsNode: Sendable {
    /// The items of the list for which the condition holds.
    case filter(NodeIndex, Slot, NodeIndex)
    /// The items of the list in the order of their keys.
    case ascending(NodeIndex, Slot, NodeIndex)
    case descending(NodeIndex, Slot, NodeIndex)
    /// What the expression gives for each item of the list.
    case map(NodeIndex, Slot, NodeIndex)
    /// What the function gives for each item of the list: (function, list).
    case mapFunction(NodeIndex, NodeIndex)
}

/// What comes from outside.
enum WorldNode: Sendable {
    /// Objects of the cluster.
    case read(Row<QueryPlan>)
    /// What the statements of a block write.
    case output(NodeIndex)
    /// A variable of the shell, as text.
    case parameter(Row<ParameterPlan>)
}

/// A value as its place reads it.
enum ReadingNode: Sendable {
    /// Beside a quantity field; null stays null.
    case quantity(NodeIndex)
    /// Beside a duration field, whose text is one; null stays null.
    case duration(NodeIndex)
    /// Kept in a slot when a report is wanted.
    case noted(NodeIndex, Slot)
}

// MARK: - Statements

/// A node that does something.
enum StatementNode: Sendable {
    /// An expression for its effect.
    case evaluate(NodeIndex)
    /// An expression whose value a prompt shows.
    case echo(NodeIndex)
    case print(NodeList)
    case assignment(AssignmentNode)
    case control(ControlNode)
    case expectation(ExpectationNode)
    /// Pipelines, with what stands between them.
    case command(Row<CommandPlan>)
    case setup(SetupNode)
}

/// Statements that change variables.
enum AssignmentNode: Sendable {
    /// The variable gets the value.
    case set(Variable, NodeIndex)
    /// The variable gets the value as its first; a cell is made anew.
    case declare(Variable, NodeIndex)
    /// `x += e`, in place, so that lists that grow are not copied.
    case add(Variable, Operand)
    /// `x = x + e`, with the node of the sum: in place where the variable alone holds the list.
    case grow(Variable, NodeIndex)
    /// `x -= e` and the like of a variable in the frame.
    case compute(ArithmeticOperator, Slot, Operand)
    /// `x += [e]`
    case push(Variable, NodeIndex)
    /// `x.a[0] = e`
    case setPart(Row<PartPlan>, NodeIndex)
    /// The slots from the first on get the items of a list: (first, how many, list).
    case unpack(Slot, UInt32, NodeIndex)
    /// The slot gets a cell with what it held.
    case makeCell(Slot)
    /// So many slots are unset.
    case clear(Slot, UInt32)
    /// A parameter that was not given gets its default.
    case defaultValue(Slot, NodeIndex)
}

/// Statements that decide what runs.
enum ControlNode: Sendable {
    case block(NodeList)
    /// Condition, and what to do where it holds.
    case when(NodeIndex, NodeIndex)
    /// Condition, what to do, what to do otherwise.
    case choose(NodeIndex, NodeIndex, NodeIndex)
    /// For each item of a sequence: (slot of the item, sequence, body).
    case forEach(Slot, NodeIndex, NodeIndex)
    /// While the condition holds: (condition, body).
    case whileTrue(NodeIndex, NodeIndex)
    case leaveLoop
    case nextRound
    case giveBack(Operand)
    case giveBackNothing
    /// Statements, and what runs after them in any case.
    case guarded(Row<GuardPlan>)
}

/// Statements that judge.
enum ExpectationNode: Sendable {
    /// The condition holds now.
    case now(Row<ExpectationPlan>, NodeIndex)
    /// The condition comes to hold: (limit, closure of the condition).
    case within(Row<ExpectationPlan>, NodeIndex, NodeIndex)
    /// `always` and `never`: (closure of the condition, block).
    case watch(Row<ExpectationPlan>, NodeIndex, NodeIndex)
    /// The last statement of the block fails.
    case fails(Row<ExpectationPlan>, NodeIndex)
    /// What a block writes: (output, what it is compared with).
    case output(Row<ExpectationPlan>, NodeIndex, NodeIndex)
    /// Nothing of a list changes: (closure of the list, block).
    case unchanged(Row<ExpectationPlan>, NodeIndex, NodeIndex)
    /// The conditions of the plan come to hold one after the other while the block runs.
    case order(Row<ExpectationPlan>, NodeIndex)
    /// The last statement of an `expect fails` block begins.
    case lastStatement
}

extension ExpectationNode {
    /// What is needed to report it.
    var plan: Row<ExpectationPlan>? {
        switch self {
        case .now(let plan, _), .within(let plan, _, _), .watch(let plan, _, _),
            .fails(let plan, _), .output(let plan, _, _), .unchanged(let plan, _, _),
            .order(let plan, _):
            plan
        case .lastStatement: nil
        }
    }
}

/// Statements that arrange the world.
enum SetupNode: Sendable {
    /// Name and text.
    case file(NodeIndex, NodeIndex)
    case behavior(Row<BehaviorPlan>)
    /// The reason, or null.
    case skip(NodeIndex)
    /// Name and value.
    case attach(NodeIndex, NodeIndex)
    /// Time and closure.
    case at(NodeIndex, NodeIndex)
    case every(NodeIndex, NodeIndex)
}
