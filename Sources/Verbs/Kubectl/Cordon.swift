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
            try call.forEachNode { node throws(VerbError) in
                try node.setUnschedulable(isCordon, call)
            }
        }
        return verb
    }
}

extension VerbCall {
    /// The nodes that the arguments or `-l` name; a missing one is an error before
    /// anything is done.
    func forEachNode(_ work: (FoundObject) throws(VerbError) -> Void) throws {
        if arguments.isEmpty, !flags.has("selector") {
            throw usageError("USAGE: \(verb.name) NODE [flags]")
        }
        if !arguments.isEmpty, flags.has("selector") {
            throw usageError("cannot specify both a node name and a --selector option")
        }
        let info = context.kinds[.node]
        guard arguments.isEmpty else {
            let names = arguments.map { $0.hasPrefix("node/") ? String($0.dropFirst(5)) : $0 }
            let (objects, errors) = try find(["node"] + names)
            // A node that does not exist keeps all others from being touched.
            if let error = errors.first { throw error }
            return try forEach(objects, work)
        }
        let (objects, errors) = try list([info])
        try forEach(objects, after: errors, work)
    }
}

extension FoundObject {
    /// Cordons or uncordons the node and says so.
    func setUnschedulable(_ isCordon: Bool, _ call: VerbCall) throws(VerbError) {
        let done = isCordon ? "cordoned" : "uncordoned"
        if value[.spec].flag(.unschedulable) == isCordon {
            return call.context.output.line("\(reference) already \(done)")
        }
        _ = try call.patch(self) { value throws(VerbError) in
            value[.spec][.unschedulable] = isCordon ? true : .null
        }
        call.context.output.line("\(reference) \(done)\(try call.dryRun().suffix)")
    }
}
