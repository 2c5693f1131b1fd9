import Support
import Value

extension Builtins {
    /// Asking the cluster what is no field of an object.
    static let world: [Builtin] = [
        Builtin(
            "resolve", ["name", .optional("type")],
            "what the cluster's DNS says of a name to a pod in the namespace in force: its addresses, "
                + "or the records of another type; an empty list where there are none",
            example: "resolve(\"kubernetes.default\") == [\"10.96.0.1\"]", readsResources: true,
            run: { evaluator, arguments in
                let name = try evaluator.text(arguments, 0)
                let type = arguments.count > 1 ? try evaluator.text(arguments, 1) : "A"
                let resolution = try evaluator.host.resolve(name, type: type)
                evaluator.note(reads: resolution.reads)
                return .array(resolution.values.map { Value($0) })
            }),
        Builtin(
            "http", ["url", .optional("from")],
            "what one request of HTTP gets, from a machine of the cluster or from a pod: a map of status (0 "
                + "where there is no answer), body, pod, headers, milliseconds and error; no time passes",
            example: "http(\"http://web/\").status == 200", readsResources: true,
            run: { try $0.request($1, everywhere: false) }),
        Builtin(
            "httpAll", ["url", .optional("from")],
            "what a request of HTTP would get from each endpoint that it could be sent to: a list of maps "
                + "as http() gives one",
            example: "every httpAll(\"http://web/\") has .status == 200", readsResources: true,
            run: { try $0.request($1, everywhere: true) }),
        Builtin(
            "eventCount", ["object", .optional("reason")],
            "how many events there were about an object (or the objects of a list), repeated ones counted "
                + "as often as they came; with a reason, how many of those",
            example: "eventCount(pod/web, \"BackOff\")", readsResources: true,
            run: { try $0.eventCount($1) }),
    ]
}

extension Evaluator {
    /// Whom events can be about.
    private struct Subject {
        let kind: String
        let name: String
        let namespace: String
    }

    /// `from` is a pod, or the name of one.
    fileprivate mutating func request(_ arguments: Arguments, everywhere: Bool) throws -> Value {
        let url = try text(arguments, 0)
        var pod: String?
        if arguments.count > 1, !value(arguments, 1).isNull {
            let given = value(arguments, 1)
            if let absent = given.absentObject { throw absent.error }
            if given.plain(.kind) == "Pod" {
                pod = given[.metadata].plain(.namespace) + "/" + given[.metadata].plain(.name)
            } else {
                pod = try text(arguments, 1)
            }
        }
        let outcome = try host.request(
            WebQuery(
                url: url, pod: pod, isToAll: everywhere, isRepeatable: recordsReads))
        note(reads: outcome.reads)
        return everywhere ? .array(outcome.answers) : outcome.answers[0]
    }

    fileprivate mutating func eventCount(_ arguments: Arguments) throws -> Value {
        guard let events = host.kind(named: "events") else {
            throw RuntimeError.unknownKind("events", nearest: nil)
        }
        let about = try subjects(arguments)
        let reason = arguments.count > 1 ? try text(arguments, 1) : nil
        let query = ResourceQuery(kind: events, writtenKind: "events", name: nil, namespace: .all)
        note(reads: [query])
        guard case .list(let found) = try host.read(query) else { return 0 }
        var total: Int64 = 0
        var others: [String] = []
        for event in found where about.contains(where: { Self.isAbout($0, event) }) {
            let own = event.plain(.reason)
            if let reason, own != reason {
                if !others.contains(own) { others.append(own) }
            } else {
                total += Int64(event[.count].int ?? event[.series][.count].int ?? 1)
            }
        }
        if explains, total == 0, let reason { explanation = Self.reasons(others, near: reason) }
        return .int(total)
    }

    private static func reasons(_ others: [String], near reason: String) -> String {
        if others.isEmpty { return "there were no events about it at all" }
        if let nearest = nearestName(to: reason, among: others) {
            return "did you mean the reason \"\(nearest)\"?"
        }
        return "the reasons of its events are \(others.prefix(6).joined(separator: ", "))"
    }

    private static func isAbout(_ subject: Subject, _ event: Value) -> Bool {
        let involved = event[.involvedObject]
        guard involved.plain(.kind) == subject.kind, involved.plain(.name) == subject.name else {
            return false
        }
        let namespace = involved.plain(.namespace)
        return subject.namespace.isEmpty || namespace.isEmpty || namespace == subject.namespace
    }

    /// An object that is not there yet, or no more, has events as well.
    private func subjects(_ arguments: Arguments) throws -> [Subject] {
        let value = value(arguments, 0)
        let values: [Value] = if case .array(let items) = value { items } else { [value] }
        return try values.map { item in
            if case .opaque(let opaque) = item, let absent = opaque as? AbsentObject,
                let name = absent.query.name
            {
                let namespace =
                    if case .named(let name) = absent.query.namespace { name } else { "" }
                return Subject(kind: absent.query.kind.kind, name: name, namespace: namespace)
            }
            guard Rendering.objectName(item) != nil else {
                throw wrong(arguments, 0, "an object or a list of objects")
            }
            return Subject(
                kind: item.plain(.kind), name: item[.metadata].plain(.name),
                namespace: item[.metadata].plain(.namespace))
        }
    }
}
