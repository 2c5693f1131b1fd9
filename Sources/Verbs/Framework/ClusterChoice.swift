/// The flags that choose a cluster, a user and where their configuration is. Every cluster that a
/// configuration knows is the simulated one; what it does not know is told as kubectl tells it.
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
        var config = context.session.kubeConfig
        if !file.isEmpty {
            guard let read = try context.kubeConfig(in: file) else {
                throw .message("stat \(file): no such file or directory")
            }
            config = read
        }
        let given = flags.string("context")
        let contextName = given.isEmpty ? config.currentContext : given
        let chosen = config[.contexts, contextName] ?? .null
        if !config.has(.contexts, contextName), !contextName.isEmpty {
            throw given.isEmpty || path == ["get"]
                ? .plain(
                    "Error in configuration: context was not found for specified context: \(contextName)"
                )
                : .message("context \"\(contextName)\" does not exist")
        }
        context.namespace = config.namespace(of: contextName)
        let cluster = flags.string("cluster")
        if !cluster.isEmpty, !config.has(.clusters, cluster) {
            throw .message("no server found for cluster \"\(cluster)\"")
        }
        let user = flags.string("user")
        if !user.isEmpty, !config.has(.users, user),
            !["config", "set", "create"].contains(path[0])
        {
            throw .message("auth info \"\(user)\" does not exist")
        }
        if path != ["kustomize"], cluster.isEmpty,
            !config.has(.clusters, chosen.text("cluster"))
        {
            // Without a cluster kubectl asks at its standard address, where nobody listens.
            throw .plain(
                "The connection to the server localhost:8080 was refused - did you specify the right "
                    + "host or port?")
        }
        let name = user.isEmpty ? chosen.text("user") : user
        if let other = try Impersonation.user(flags, config[.users, name] ?? .null, name) {
            context.client = context.client.acting(as: other)
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
