import CEL
import Model
import Value

/// The rules that a definition is refused for (apiextensions `apis/apiextensions/validation`).
struct SchemaRuleProblems {
    private(set) var errors: [FieldError] = []
    private var total: UInt64 = 0
    private var costly: [(path: String, cost: UInt64)] = []

    /// What one rule may cost at most, and all of a schema.
    static let mostPerRule: UInt64 = 10_000_000
    static let mostInAll: UInt64 = 100_000_000

    mutating func add(
        _ path: String, _ reason: FieldError.Reason, _ shown: String?, _ detail: String
    ) {
        errors.append(FieldError(path: path, reason: reason, shown: shown, detail: detail))
    }

    /// Counts the cost of one rule, for as many values as there can be.
    mutating func count(_ cost: UInt64, _ path: String, _ what: String) {
        if cost > Self.mostPerRule {
            add(
                path, .forbidden, nil, Self.excess("estimated \(what) cost", cost, Self.mostPerRule)
            )
        }
        let (sum, overflow) = total.addingReportingOverflow(cost)
        total = overflow ? .max : sum
        if cost >= Self.mostInAll / 100 { costly.append((path, cost)) }
    }

    /// All that is wrong, with what is wrong with the whole.
    func all(_ path: String) -> [FieldError] {
        guard total > Self.mostInAll else { return errors }
        let dearest = costly.enumerated().sorted { left, right in
            (right.element.cost, left.offset) < (left.element.cost, right.offset)
        }.prefix(4)
        var all = errors
        for (_, rule) in dearest {
            all.append(
                FieldError(
                    path: rule.path, reason: .forbidden,
                    detail: "contributed to estimated rule cost total exceeding cost limit for "
                        + "entire OpenAPIv3 schema"))
        }
        all.append(
            FieldError(
                path: path, reason: .forbidden,
                detail: Self.excess(
                    "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                    total, Self.mostInAll)))
        return all
    }

    /// getCostErrorMessage.
    private static func excess(_ what: String, _ cost: UInt64, _ most: UInt64) -> String {
        let times = Double(cost) / Double(most)
        let factor =
            times > 100
            ? "more than 100" : DecimalText.fixed(times, decimals: times < 1.5 ? 6 : 1)
        return
            "\(what) exceeds budget by factor of \(factor)x (try simplifying the rule, or adding "
            + "maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)"
    }
}

extension SchemaRuleTree {
    /// - Parameters:
    ///   - isTransition: whether values can be known again after a change: not those of lists that are
    ///     no maps.
    ///   - times: how many values there can be here; nil where nothing bounds them but a request.
    func collectProblems(
        _ path: String, isTransition: Bool, times: UInt64?, _ problems: inout SchemaRuleProblems
    ) {
        for (name, tree) in propertyTrees {
            tree.collectProblems(
                "\(path).properties[\(name)]", isTransition: isTransition, times: times, &problems)
        }
        additionalTree?.collectProblems(
            "\(path).additionalProperties", isTransition: isTransition,
            times: Self.product(times, node.checks.maxProperties), &problems)
        itemsTree?.collectProblems(
            "\(path).items", isTransition: isTransition && node.listType == "map",
            times: Self.product(times, node.checks.maxItems), &problems)
        for (index, compiled) in rules.enumerated() {
            let place = "\(path).x-kubernetes-validations[\(index)]"
            if compiled.rule.rule.trimmed.isEmpty {
                problems.add("\(place).rule", .required, nil, "rule is not specified")
                continue
            }
            check(compiled, place, path, isTransition, times, &problems)
        }
    }

    private static func product(_ times: UInt64?, _ most: Int?) -> UInt64? {
        guard let times, let most else { return nil }
        let (product, overflow) = times.multipliedReportingOverflow(by: UInt64(clamping: most))
        return overflow ? .max : product
    }

    private func check(
        _ compiled: CompiledRule, _ place: String, _ path: String, _ isTransition: Bool,
        _ times: UInt64?, _ problems: inout SchemaRuleProblems
    ) {
        let times = times ?? SchemaNode.requestSize / (leastSize + 1)
        func cost(_ program: CELProgram) -> UInt64 {
            let (cost, overflow) = program.costEstimate.most.multipliedReportingOverflow(by: times)
            return overflow ? .max : cost
        }
        let rule = compiled.rule
        if let program = compiled.program { problems.count(cost(program), "\(place).rule", "rule") }
        if !compiled.problem.isEmpty {
            problems.add("\(place).rule", .invalid, rule.shown, compiled.problem)
        }
        if let program = compiled.message {
            problems.count(cost(program), "\(place).messageExpression", "messageExpression")
        }
        if !compiled.messageProblem.isEmpty {
            problems.add(
                "\(place).messageExpression", .invalid, rule.shown, compiled.messageProblem)
        }
        if compiled.usesOld {
            if isTransition { return }
            problems.add(
                "\(place).rule", .invalid, GoSyntax.short(Value(rule.rule)),
                "oldSelf cannot be used on the uncorrelatable portion of the schema within \(path)")
        } else if let optional = rule.optionalOldSelf, compiled.problem.isEmpty {
            problems.add(
                "\(place).optionalOldSelf", .invalid, optional ? "true" : "false",
                "may not be set if oldSelf is not used in rule")
        }
    }
}
