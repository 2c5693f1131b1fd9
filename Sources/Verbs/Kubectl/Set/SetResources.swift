import Cluster
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
                Flag("containers", "c", .string, "the containers to change", standard: "*"),
                Flag("limits", nil, .string, "such as cpu=200m,memory=512Mi"),
                Flag("requests", nil, .string, "such as cpu=100m,memory=256Mi"),
            ]
        verb.completes = .resources
        verb.run = setResources
        return verb
    }()

    private static func setResources(_ call: VerbCall) throws {
        let command = SetCommand(call: call)
        let limits = try amounts(call.flags.string("limits"))
        let requests = try amounts(call.flags.string("requests"))
        if limits.isEmpty, requests.isEmpty {
            throw VerbError.message(
                "you must specify an update to requests or limits (in the form of --requests/--limits)"
            )
        }
        try command.update(call.arguments, "resource requirements") {
            value, info throws(VerbError) in
            try value.modify(command.podSpec(info)) { spec throws(VerbError) in
                for index in spec[.containers].elements.indices
                where command.isSelected(spec[.containers][index].text(.name)) {
                    for (key, list) in [(Key.limits, limits), (.requests, requests)] {
                        for (name, quantity) in list {
                            spec[.containers][index][.resources][key][name] = Value(quantity)
                        }
                    }
                }
            }
        }
    }

    /// `cpu=100m,memory=1Gi`; an amount of 0 removes nothing: kubectl sets it.
    private static func amounts(
        _ text: String
    ) throws(VerbError) -> [(name: String, quantity: String)] {
        var found: [(name: String, quantity: String)] = []
        for part in text.split(separator: ",") {
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
