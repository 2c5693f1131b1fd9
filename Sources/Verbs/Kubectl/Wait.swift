import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl wait`.
    static let wait: Verb = {
        var verb = Verb("wait", summary: "Wait until objects are as one wants them")
        verb.usage =
            "([-f FILE] | TYPE/NAME | TYPE [(-l label | --all)]) "
            + "--for=(create | delete | condition=NAME[=VALUE] | jsonpath='{…}'[=VALUE]) [flags]"
        verb.examples = [
            "wait --for=condition=available deploy/web --timeout=60s",
            "wait --for=jsonpath='{.status.readyReplicas}'=3 sts/mysql",
            "wait --for=delete pod/web-0",
            "wait --for=create --for=condition=Ready pod/web-0",
        ]
        verb.flags = [
            .filename, Flag("recursive", "R", .bool, "also the folders below", standard: "true"),
            .output, .selector, .fieldSelector, .all, .allNamespaces, .local, .template,
            .showManagedFields, .allowMissingTemplateKeys,
            Flag(
                "for", nil, .strings, "what to wait for",
                choices: ["condition=", "delete", "create", "jsonpath="]),
            Flag(
                "timeout", nil, .duration,
                "how long to wait; 0 looks once, less than 0 means a week", standard: "30s"),
        ]
        verb.completes = .resources
        verb.advancesTime = true
        verb.run = { call in try Waiting(call).run() }
        return verb
    }()
}

/// What `--for` asks of an object.
private enum WaitCondition {
    case created
    case deleted
    case condition(name: String, status: String)
    case path(JSONPathTemplate, value: String?)

    /// Source of the texts: kubectl's wait command, conditionFuncFor.
    static func parse(_ text: String) throws(VerbError) -> WaitCondition {
        switch text.lowercased() {
        case "delete": return .deleted
        case "create": return .created
        default: break
        }
        if text.hasPrefix("condition=") {
            let body = text.dropFirst("condition=".count)
            let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return .condition(
                name: String(parts[0]), status: parts.count == 2 ? String(parts[1]) : "true")
        }
        guard text.hasPrefix("jsonpath=") else {
            throw .message("unrecognized condition: \"\(text)\"")
        }
        return try path(String(text.dropFirst("jsonpath=".count)))
    }

    /// `{.status.phase}=Running`: the value stands behind the last brace.
    private static func path(_ text: String) throws(VerbError) -> WaitCondition {
        let parts = parts(of: text)
        if parts.count > 2 {
            throw .message(
                "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or "
                    + "--for=jsonpath='{.status.readyReplicas}'")
        }
        let expression = parts[0]
        var value: String?
        if parts.count == 2 {
            value = parts[1].trimmed { $0 == "'" || $0 == "\"" }
            if value!.isEmpty {
                throw .message(
                    "jsonpath wait has to have a value after equal sign, like "
                        + "--for=jsonpath='{.status.readyReplicas}'=3")
            }
        }
        if expression.isEmpty { throw .message("jsonpath expression cannot be empty") }
        do throws(FormatError) {
            return .path(
                try JSONPathTemplate(try JSONPathTemplate.relaxed(expression)), value: value)
        } catch {
            throw .message(error.message)
        }
    }

    /// The text at each `=` that no brackets, braces or quotes hold. Source: kubectl's wait command,
    /// splitJSONPathInput.
    private static func parts(of text: String) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            switch character {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            default: break
            }
            if character == "=", depth <= 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }

    /// Whether the present state of an object (nil: there is none) is what is waited for.
    func holds(_ object: Value?, uid: String) throws(VerbError) -> Bool {
        guard let object else {
            if case .deleted = self { return true }
            return false
        }
        switch self {
        case .created: return true
        case .deleted: return object[.metadata].text(.uid) != uid
        case .condition(let name, let status):
            return Self.isMet(object, name.lowercased(), status.lowercased())
        case .path(let template, let value): return try Self.matches(template, value, object)
        }
    }

    /// A condition counts when it was made for the generation that stands.
    private static func isMet(_ object: Value, _ name: String, _ status: String) -> Bool {
        guard
            let condition = object[.status].list(.conditions).first(where: {
                $0.text(.type).lowercased() == name
            })
        else { return false }
        let generation = object[.metadata].int(.generation)
        let observed =
            condition[.observedGeneration].int ?? object[.status][.observedGeneration].int
        if let observed, observed < generation { return false }
        return condition.text(.status).lowercased() == status
    }

    private static func matches(
        _ template: JSONPathTemplate, _ value: String?, _ object: Value
    ) throws(VerbError) -> Bool {
        let results: [[Value]]
        do throws(FormatError) {
            results = try template.found(in: object)
        } catch {
            throw .message(error.message)
        }
        guard let first = results.first, let found = first.first else { return false }
        if results.count > 1 {
            throw .message("given jsonpath expression matches more than one list")
        }
        guard let value else { return true }
        if first.count > 1 {
            throw .message("given jsonpath expression matches more than one value")
        }
        switch found {
        case .object, .array:
            throw .message("jsonpath leads to a nested object or list which is not supported")
        default: break
        }
        return Printers.GoSyntax.plain(found).trimmed { $0 == " " } == value.trimmed { $0 == " " }
    }
}

/// One run of `kubectl wait`.
private struct Waiting {
    let call: VerbCall
    let printer: ResultPrinter
    /// All of them must come true, one after the other.
    let conditions: [WaitCondition]
    /// Milliseconds; 0 looks once.
    let timeout: Milliseconds

    private static let week: Milliseconds = 7 * 24 * 3_600_000

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        printer = try ResultPrinter(call)
        guard call.flags.has("for") else { throw .message("unrecognized condition: []") }
        conditions = try call.flags.strings("for").map { text throws(VerbError) in
            try WaitCondition.parse(text)
        }
        let given = call.flags.milliseconds("timeout") ?? 0
        timeout = given < 0 ? Self.week : given
    }

    private var isForDelete: Bool {
        conditions.contains { if case .deleted = $0 { true } else { false } }
    }

    private var isForCreate: Bool {
        conditions.contains { if case .created = $0 { true } else { false } }
    }

    func run() throws {
        let deadline = call.context.clock.now + timeout
        if isForCreate { try waitForCreation() }
        var found = try find()
        if isForDelete { found = found.ignoringMissing() }
        if found.objects.isEmpty, found.errors.isEmpty, !isForDelete {
            throw VerbError.message("no matching resources found")
        }
        try call.visit(found) { object in
            for condition in conditions { try wait(for: object, condition, until: deadline) }
        }
    }

    private func find() throws(VerbError) -> Found {
        var query = ObjectQuery(call, allowsKindAlone: call.flags.bool("all"))
        query.isLocal = call.flags.bool("local")
        return try query.run()
    }

    private func wait(
        for object: FoundObject, _ condition: WaitCondition, until deadline: Milliseconds
    ) throws {
        var met = object
        met.value = try call.context.tracking(object) { tracked in
            try lastState(of: object, tracked, condition, until: deadline)
        }
        try printer.confirm(met, "condition met")
    }

    /// Waits; answers the last state of the object that was seen.
    private func lastState(
        of object: FoundObject, _ tracked: TrackedObject, _ condition: WaitCondition,
        until deadline: Milliseconds
    ) throws -> Value {
        let context = call.context
        let uid = object.value[.metadata].text(.uid)
        var last = object.value
        var seen: Int?
        func isMet() throws -> Bool {
            guard tracked.changes != seen else { return false }
            seen = tracked.changes
            if let now = tracked.value { last = now }
            return try condition.holds(tracked.value, uid: uid)
        }
        if try isMet() { return last }
        let subject = "\(object.info.plural)/\(object.name)"
        if timeout == 0 { throw VerbError.message("condition not met for \(subject)") }
        try context.waitWhilePending(
            limit: max(deadline - context.clock.now, 0), isLimited: call.flags.isGiven("timeout"),
            until: isMet
        ) { isResting in
            .message(
                "timed out waiting for the condition on \(subject)"
                    + (isResting ? ": nothing that is due can bring it about" : "")
                    + context.whyNote(object))
        }
        return last
    }

    /// `--for=create`: the object need not exist yet.
    private func waitForCreation() throws {
        if timeout == 0 {
            throw VerbError.message("--for=create requires a timeout value greater than 0")
        }
        func isThere() throws -> Bool {
            let now = try find()
            if let error = now.ignoringMissing().errors.first { throw error }
            return now.errors.isEmpty && !now.objects.isEmpty
        }
        if try isThere() { return }
        try call.context.wait(limit: timeout, until: isThere) {
            .message("timed out waiting for the condition")
        }
    }
}
