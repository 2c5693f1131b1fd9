/// The flags that choose a cluster, a user and where their configuration is: there is one of each, and
/// another is told as kubectl tells of one that it does not find.
enum ClusterChoice {
    /// The commands that ask no cluster.
    private static let clientOnly: Set<String> = ["config", "completion", "plugin", "options"]

    static func check(
        _ flags: FlagValues, _ path: [String], _ context: VerbContext
    ) throws(VerbError) {
        guard !clientOnly.contains(path[0]), !(path == ["version"] && flags.bool("client")) else {
            return
        }
        let file = flags.string("kubeconfig")
        if !file.isEmpty, !context.files.exists(file) {
            throw .message("stat \(file): no such file or directory")
        }
        let name = context.session.contextName
        let chosen = flags.string("context")
        if !chosen.isEmpty, chosen != name {
            throw path == ["get"]
                ? .plain(
                    "Error in configuration: context was not found for specified context: \(chosen)"
                )
                : .message("context \"\(chosen)\" does not exist")
        }
        let cluster = flags.string("cluster")
        if !cluster.isEmpty, cluster != name {
            throw .message("no server found for cluster \"\(cluster)\"")
        }
        let user = flags.string("user")
        if !user.isEmpty, user != name, !["config", "set", "create"].contains(path[0]) {
            throw .message("auth info \"\(user)\" does not exist")
        }
    }
}

extension VerbCall {
    /// `--warnings-as-errors`. Source: kubectl's command, as it ends.
    func failForWarnings() throws(VerbError) {
        let count = context.warningCount
        guard flags.bool("warnings-as-errors"), count > 0 else { return }
        throw .message("\(count) warning\(count == 1 ? "" : "s") received")
    }
}
