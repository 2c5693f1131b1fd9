import Syntax
import Value

/// An operand that is kept in a slot where a report may show it.
struct Kept {
    let node: NodeIndex
    let shape: Shape
    /// Nil where no report is made.
    let slot: Slot?
}

extension Resolver {
    /// Resolves a condition whose parts a report may show.
    mutating func reported(
        isNegated: Bool, _ body: (inout Resolver) -> NodeIndex
    ) -> (node: NodeIndex, report: ReportPlan) {
        let recorder = PartRecorder()
        recorder.isNegated = isNegated
        let outer = function.recorder
        function.recorder = recorder
        function.keepsSlots += 1
        let first = function.nextSlot
        let node = body(&self)
        function.keepsSlots -= 1
        function.recorder = outer
        let report = ReportPlan(
            parts: recorder.parts, comparisons: recorder.comparisons, firstSlot: UInt32(first),
            endOfSlots: UInt32(function.nextSlot))
        return (node, report)
    }

    /// Resolves what no report shows the parts of: what happens for each item of a list.
    mutating func unreported<T>(_ body: (inout Resolver) -> T) -> T {
        let outer = function.recorder
        function.recorder = nil
        defer { function.recorder = outer }
        return body(&self)
    }

    /// An operand that a report shows unless it is a literal.
    mutating func noted(_ expression: Expression) -> Resolved {
        let resolved = value(expression)
        guard function.recorder != nil, isWorthShowing(expression) else { return resolved }
        return Resolved(
            node: keep(resolved, expression, isShown: true).node, shape: resolved.shape)
    }

    /// An operand that a report needs for a comparison.
    mutating func kept(_ expression: Expression, isShown: Bool) -> Kept {
        keep(value(expression), expression, isShown: isShown)
    }

    mutating func keep(_ resolved: Resolved, _ expression: Expression, isShown: Bool) -> Kept {
        guard let recorder = function.recorder else {
            return Kept(node: resolved.node, shape: resolved.shape, slot: nil)
        }
        let slot = slot(at: expression.span)
        if isShown, isWorthShowing(expression) {
            recorder.parts.append(PartOfReport(span: expression.span, slot: slot))
        }
        let node = add(.reading(.noted(resolved.node, slot)), at: expression.span)
        return Kept(node: node, shape: resolved.shape, slot: slot)
    }

    mutating func noteComparison(
        _ relation: ComparisonPlan.Relation, _ left: Kept, _ right: Kept
    ) {
        guard let recorder = function.recorder, let one = left.slot, let other = right.slot else {
            return
        }
        recorder.comparisons.append(
            ComparisonPlan(
                relation: relation, left: one, right: other, isNegated: recorder.isNegated))
    }

    /// The operand of `exists` and `absent`: what is missing on the way to it is no error, and a
    /// report shows it whatever it is.
    mutating func presenceOperand(_ expression: Expression) -> NodeIndex {
        let resolved: Resolved
        switch expression.kind {
        case .resource: resolved = value(expression)
        case .path(let base, let segments) where kindReading(of: expression) == nil:
            let root = value(base)
            var plan = pathPlan(
                segments, shape: root.shape, at: pathSpan(base, segments)
            ).plan
            plan.isProbe = true
            plan.missing = .null
            let path = tree.add(plan)
            resolved = Resolved(
                node: add(.path(.steps(root.node, path)), at: expression.span))
        default: return noted(expression).node
        }
        return keep(resolved, expression, isShown: true).node
    }

    private func isWorthShowing(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .null, .boolean, .integer, .float, .unit, .percent, .list, .map, .timed, .function,
            .hereDocument, .range, .resources, .presence, .quantified:
            return false
        case .string(let literal): return literal.literalText == nil
        case .unary(_, let operand): return isWorthShowing(operand)
        case .binary(let binary):
            // Comparisons and the like show their sides; arithmetic shows its result as well.
            switch binary.operation {
            case .add, .subtract, .multiply, .divide, .remainder: return true
            case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
                .matchesRegex, .matches, .contains, .in, .notIn:
                return false
            }
        case .name, .item, .resource, .path, .call, .filter, .sort, .conditional, .output:
            return true
        }
    }
}
