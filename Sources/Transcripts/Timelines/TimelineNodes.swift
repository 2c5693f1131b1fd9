/// Calls nodes by the order in which they get pods, so that runs can be compared which differ only in
/// which of equal nodes is which.
enum TimelineNodes {
    /// A run with `node-2`, `node-1` … called `node#1`, `node#2` … in pods' fields.
    ///
    /// Example: the first pod goes to node-3, the next to node-1 and the third to node-3 again: they
    /// go to node#1, node#2 and node#1.
    static func renamed(_ run: TimelineRun) -> TimelineRun {
        var names: [String: String] = [:]
        func name(_ node: String) -> String {
            if node == "none" || node == "-" { return node }
            if let known = names[node] { return known }
            let name = "node#\(names.count + 1)"
            names[node] = name
            return name
        }
        var result = run
        for index in result.entries.indices {
            guard case .write(let object, let write) = result.entries[index].kind,
                object.kind == "pod"
            else { continue }
            result.entries[index].kind = .write(object, renamed(write, name))
        }
        return result
    }

    private static let fields: Set<String> = ["node", "nominated"]

    private static func renamed(
        _ write: TimelineWrite, _ name: (String) -> String
    ) -> TimelineWrite {
        switch write {
        case .added(let added):
            .added(
                added.map {
                    fields.contains($0.name) ? TimelineField($0.name, name($0.value)) : $0
                })
        case .modified(let changes):
            .modified(
                changes.map {
                    fields.contains($0.name)
                        ? TimelineChange($0.name, name($0.old), name($0.new)) : $0
                })
        case .untracked, .deleted: write
        }
    }
}

extension TimelineRun {
    /// The run as it is compared: nodes that are alike called by the order in which they get pods.
    func comparable(_ nodesAreAlike: Bool) -> TimelineRun {
        nodesAreAlike ? TimelineNodes.renamed(self) : self
    }
}
