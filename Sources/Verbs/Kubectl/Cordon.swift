import Model
import Value

extension Verb {
    /// `kubectl cordon`.
    static let cordon = cordoning("cordon", summary: "Keep new pods off a node", isCordon: true)
    /// `kubectl uncordon`.
    static let uncordon = cordoning(
        "uncordon", summary: "Let new pods onto a node again", isCordon: false)

    private static func cordoning(_ name: String, summary: String, isCordon: Bool) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.usage = "NODE [flags]"
        verb.examples = ["\(name) node-1", "\(name) -l zone=a"]
        verb.flags = [.selector, .dryRun]
        verb.completes = .names("nodes")
        verb.run = { call in
            try call.forEach(Found(try call.findNodes())) { node throws(VerbError) in
                try node.setUnschedulable(isCordon, call)
            }
        }
        return verb
    }
}

extension VerbCall {
    /// The nodes that the arguments or `-l` name; a missing one is an error before anything is done.
    func findNodes() throws(VerbError) -> [FoundObject] {
        _ = try dryRun()
        if arguments.isEmpty, !flags.has("selector") {
            throw usageError("USAGE: \(verb.name) NODE [flags]")
        }
        if !arguments.isEmpty, !flags.string("selector").isEmpty {
            throw usageError("cannot specify both a node name and a --selector option")
        }
        let selects = !flags.string("selector").isEmpty
        let found = try find(
            selects ? ["nodes"] : arguments.map { $0.contains("/") ? $0 : "nodes/\($0)" })
        if let error = found.errors.first { throw error }
        if let other = found.objects.first(where: { $0.info.kind != .node }) {
            throw .message(
                "error: expected resource of type node, got \"\(other.info.plural)\"")
        }
        return found.objects
    }
}

extension FoundObject {
    /// Cordons or uncordons the node and says so.
    func setUnschedulable(_ isCordon: Bool, _ call: VerbCall) throws(VerbError) {
        let done = isCordon ? "cordoned" : "uncordoned"
        if value[.spec].flag(.unschedulable) == isCordon {
            let suffix = try call.dryRun().suffix
            return call.context.output.line("\(reference) already \(done)\(suffix)")
        }
        _ = try call.patch(self) { value throws(VerbError) in
            value[.spec][.unschedulable] = isCordon ? true : .null
        }
        call.context.output.line("\(reference) \(done)\(try call.dryRun().suffix)")
    }
}
