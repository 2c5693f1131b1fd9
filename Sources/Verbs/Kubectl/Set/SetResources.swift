import Model
import Support
import Value

extension Verb {
    /// `kubectl set resources`.
    static let setResources: Verb = {
        var verb = Verb("resources", summary: "Change requests and limits of containers")
        verb.usage = "(-f FILE | TYPE NAME) [--limits=LIMITS & --requests=REQUESTS] [flags]"
        verb.examples = ["set resources deploy web --requests=cpu=100m,memory=64Mi"]
        verb.flags =
            setFlags + [
                .record,
                Flag("containers", "c", .string, "the containers to change", standard: "*"),
                Flag("limits", nil, .string, "such as cpu=200m,memory=512Mi"),
                Flag("requests", nil, .string, "such as cpu=100m,memory=256Mi"),
            ]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = setResources
        return verb
    }()

    /// Source: kubectl's cmd/set/set_resources.go.
    private static func setResources(_ call: VerbCall) throws {
        let command = SetCommand(call: call)
        let found = try command.targets(call.arguments)
        try call.fail(found.errors)
        let (limits, requests) = (call.flags.string("limits"), call.flags.string("requests"))
        if limits.isEmpty, requests.isEmpty {
            throw VerbError.message(
                "you must specify an update to requests or limits (in the form of --requests/--limits)"
            )
        }
        let lists = [(Key.limits, try amounts(limits)), (.requests, try amounts(requests))]
        try command.update(
            found, "resource requirements",
            failure: "failed to patch resources update to pod template "
        ) { value, info, misses throws(VerbError) in
            try value.modify(at: command.podSpec(info, value)) { spec throws(VerbError) in
                let isAny = try command.forEachContainer(of: &spec) { container in
                    for (key, list) in lists {
                        for (name, quantity) in list {
                            container[.resources][key][name] = Value(quantity)
                        }
                    }
                }
                if isAny { return }
                misses.append(
                    .message(
                        "error: unable to find container named \(call.flags.string("containers"))"))
            }
        }
    }

    /// `cpu=100m,memory=1Gi`; an amount of 0 removes nothing: kubectl sets it.
    private static func amounts(
        _ text: String
    ) throws(VerbError) -> [(name: String, quantity: String)] {
        var found: [(name: String, quantity: String)] = []
        if text.isEmpty { return found }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "=", omittingEmptySubsequences: false).map(
                String.init)
            guard halves.count == 2 else {
                throw .message("Invalid argument syntax \(part), expected <resource>=<value>")
            }
            do throws(QuantityError) {
                found.append((halves[0], try Quantity(parsing: halves[1]).text))
            } catch {
                throw .message(error.message)
            }
        }
        return found
    }
}
