import Support
import Value

/// The rules of a Job's completion mode and of its failure and success policies.
///
/// Origin: pkg/apis/batch/validation/validation.go.
extension Validator {
    mutating func completionMode(_ spec: Value, _ path: ErrorPath, inCronJob: Bool) {
        optionalOneOf(
            spec[.completionMode], ["NonIndexed", "Indexed"], path.child("completionMode"))
        if !spec[.maxFailedIndexes].isNull, spec[.backoffLimitPerIndex].isNull {
            add(
                .required(
                    path.child("backoffLimitPerIndex"),
                    "when maxFailedIndexes is specified"))
        }
        if spec[.completionMode] == "Indexed" { return indexedMode(spec, path) }
        for key in [Key.backoffLimitPerIndex, .maxFailedIndexes] where !spec[key].isNull {
            add(
                .invalid(
                    path.child(key), spec[key], "requires indexed completion mode"))
        }
    }

    private mutating func indexedMode(_ spec: Value, _ path: ErrorPath) {
        let most = 100_000
        guard let completions = spec[.completions].int else {
            return add(.required(path.child("completions"), "when completion mode is Indexed"))
        }
        if spec.int(.parallelism) > most {
            add(
                .invalid(
                    path.child("parallelism"), spec[.parallelism],
                    "must be less than or equal to \(most) when completion mode is Indexed"))
        }
        let failures = spec[.maxFailedIndexes]
        if let limit = failures.int, limit > completions {
            add(
                .invalid(
                    path.child("maxFailedIndexes"), failures,
                    "must be less than or equal to completions"))
        }
        if let limit = failures.int, limit > most {
            add(
                .invalid(
                    path.child("maxFailedIndexes"), failures,
                    "must be less than or equal to \(most)"))
        }
        guard completions > most, !spec[.backoffLimitPerIndex].isNull else { return }
        if failures.isNull {
            add(
                .required(
                    path.child("maxFailedIndexes"),
                    "must be specified when completions is above \(most)"))
        }
        for key in [Key.parallelism, .maxFailedIndexes] where spec.int(key) > 10_000 {
            add(
                .invalid(
                    path.child(key), spec[key],
                    "must be less than or equal to 10000 when completions are above \(most) and "
                        + "used with backoff limit per index"))
        }
    }

    /// validateCompletions: those of an Indexed Job may change, together with the parallelism (KEP-3715).
    mutating func jobCompletions(_ spec: Value, _ before: Value, _ path: ErrorPath) {
        let place = path.child("completions")
        guard spec[.completionMode] == "Indexed" else {
            return immutable(spec[.completions], before[.completions], place)
        }
        if spec[.completions] == before[.completions] { return }
        if spec[.completions] != spec[.parallelism] {
            add(
                .invalid(
                    place, spec[.completions],
                    "can only be modified in tandem with spec.parallelism"))
        }
    }

    // MARK: Failure policy

    /// validatePodFailurePolicy.
    mutating func podFailurePolicy(_ spec: Value, _ path: ErrorPath) {
        let place = path.child("podFailurePolicy").child("rules")
        let count = spec[.podFailurePolicy].list(.rules).count
        if count > 20 { add(.tooMany(place, count, 20)) }
        let pod = spec[.template][.spec]
        let names = (pod[.containers].elements + pod[.initContainers].elements).map {
            $0.text(.name)
        }
        for (index, rule) in spec[.podFailurePolicy].list(.rules).enumerated() {
            let item = place[index]
            let actions = ["Count", "FailIndex", "FailJob", "Ignore"]
            if rule.text(.action).isEmpty {
                add(
                    .required(
                        item.child("action"),
                        "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]"))
            } else if rule[.action] == "FailIndex", spec[.backoffLimitPerIndex].isNull {
                add(
                    .invalid(
                        item.child("action"), rule[.action],
                        "requires the backoffLimitPerIndex to be set"))
            } else {
                oneOf(rule[.action], actions, item.child("action"))
            }
            let hasCodes = !rule[.onExitCodes].isNull
            let hasConditions = !rule.list(.onPodConditions).isEmpty
            if hasCodes { exitCodes(rule[.onExitCodes], item.child("onExitCodes"), names) }
            podConditions(rule.list(.onPodConditions), item.child("onPodConditions"))
            if hasCodes && hasConditions {
                add(
                    FieldError(
                        path: item.text, reason: .invalid,
                        detail: "specifying both OnExitCodes and OnPodConditions is not supported"))
            } else if !hasCodes && !hasConditions {
                add(
                    FieldError(
                        path: item.text, reason: .invalid,
                        detail: "specifying one of OnExitCodes and OnPodConditions is required"))
            }
        }
    }

    /// validatePodFailurePolicyRuleOnPodConditions.
    private mutating func podConditions(_ patterns: [Value], _ path: ErrorPath) {
        if patterns.count > 20 { add(.tooMany(path, patterns.count, 20)) }
        for (index, pattern) in patterns.enumerated() {
            let type = pattern.text(.type)
            messages(NameRules.qualifiedName(type), type, path[index].child("type"))
            let status = path[index].child("status")
            if pattern.text(.status).isEmpty {
                add(.required(status, "valid values: [\"False\" \"True\" \"Unknown\"]"))
            } else {
                oneOf(pattern[.status], ["False", "True", "Unknown"], status)
            }
        }
    }

    private mutating func exitCodes(_ codes: Value, _ path: ErrorPath, _ containers: [String]) {
        if codes.text(.operator).isEmpty {
            add(.required(path.child("operator"), "valid values: [\"In\" \"NotIn\"]"))
        } else {
            oneOf(codes[.operator], ["In", "NotIn"], path.child("operator"))
        }
        if let name = codes[.containerName].string, !containers.contains(name) {
            add(
                .invalid(
                    path.child("containerName"), Value(name),
                    "must be one of the container or initContainer names in the pod template"))
        }
        let values = codes.list(.values)
        let place = path.child("values")
        if values.isEmpty {
            return add(
                .invalid(
                    place, codes[.values].isNull ? .null : .array([]),
                    "at least one value is required"))
        }
        if values.count > 255 { add(.tooMany(place, values.count, 255)) }
        var seen: Set<Int> = []
        for (index, value) in values.enumerated() {
            if value.int == 0, codes[.operator] == "In" {
                add(.invalid(place[index], value, "must not be 0 for the In operator"))
            }
            if !seen.insert(value.int ?? 0).inserted { add(.duplicate(place[index], value)) }
        }
        let numbers = values.map { $0.int ?? 0 }
        if zip(numbers, numbers.dropFirst()).contains(where: { $0 > $1 }) {
            add(.invalid(place, codes[.values], "must be ordered"))
        }
    }

    // MARK: Success policy

    /// validateSuccessPolicy.
    mutating func successPolicy(_ spec: Value, _ path: ErrorPath) {
        let place = path.child("successPolicy")
        guard spec[.completionMode] == "Indexed", let completions = spec[.completions].int else {
            return add(
                .invalid(
                    place, json: InternalForm.json(spec[.successPolicy], as: "SuccessPolicy"),
                    "requires indexed completion mode"))
        }
        let rules = spec[.successPolicy].list(.rules)
        if rules.isEmpty {
            add(
                .required(
                    place.child("rules"),
                    "at least one rules must be specified when the successPolicy is specified"))
        }
        if rules.count > 20 { add(.tooMany(place.child("rules"), rules.count, 20)) }
        for (index, rule) in rules.enumerated() {
            successRule(rule, place.child("rules")[index], completions)
        }
    }

    private mutating func successRule(_ rule: Value, _ path: ErrorPath, _ completions: Int) {
        if rule[.succeededCount].isNull, rule[.succeededIndexes].isNull {
            add(
                .required(
                    path, "at least one of succeededCount or succeededIndexes must be specified"))
        }
        var listed: Int?
        if let text = rule[.succeededIndexes].string {
            switch Self.indexCount(text, below: completions) {
            case .success(let count): listed = count
            case .failure(let problem):
                add(
                    .invalid(
                        path.child("succeededIndexes"), Value(text),
                        "error parsing succeededIndexes: \(problem.words)"))
                listed = 0
            }
        }
        guard let count = rule[.succeededCount].int else { return }
        let place = path.child("succeededCount")
        nonnegative(rule[.succeededCount], place)
        if count > completions {
            add(
                .invalid(
                    place, Value(count),
                    "must be less than or equal to \(completions) (the number of specified "
                        + "completions)"))
        }
        if let listed, count > listed {
            add(
                .invalid(
                    place, Value(count),
                    "must be less than or equal to \(listed) (the number of indexes in the "
                        + "specified succeededIndexes field)"))
        }
    }

    /// What is wrong with a list of indexes.
    struct IndexProblem: Error { let words: String }

    /// How many indexes "1,3-5" lists (validateIndexesFormat).
    static func indexCount(
        _ text: String, below completions: Int
    ) -> Result<Int, IndexProblem> {
        if text.isEmpty { return .success(0) }
        var total = 0
        var last: Int?
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            if ends.count > 2 {
                return .failure(
                    IndexProblem(
                        words: "the fragment \"\(part)\" violates the requirement that an index "
                            + "interval can have at most two parts separated by '-'"))
            }
            for end in ends {
                guard let number = Int(end) else {
                    return .failure(
                        IndexProblem(
                            words: "cannot convert string to integer for index: \"\(end)\""))
                }
                if number >= completions {
                    return .failure(IndexProblem(words: "too large index: \"\(end)\""))
                }
                if let previous = last, previous >= number {
                    return .failure(
                        IndexProblem(
                            words: "non-increasing order, previous: \(previous), "
                                + "current: \(number)"))
                }
                last = number
            }
            let first = ends.count == 2 ? Int(ends[0]) ?? 0 : last ?? 0
            total += (last ?? 0) - first + 1
        }
        return .success(total)
    }
}
