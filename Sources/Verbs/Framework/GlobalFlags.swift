/// The flags that every command of kubectl takes.
extension VerbRegistry {
    private static func idle(
        _ name: String, _ reason: String, _ kind: Flag.Kind = .string, short: Character? = nil,
        standard: String = ""
    ) -> Flag {
        .idle(name, short, kind, reason, standard: standard)
    }

    private static let oneUser = "credentials are not looked at"
    private static let noNetwork = "no connection is opened"
    private static let noProcess = "the client is no process of its own"

    static let globalFlags: [Flag] = [
        .namespace,
        Flag("context", nil, .string, "the context to use"),
        Flag(
            "kubeconfig", nil, .string,
            "a file that must exist; its cluster is the simulated one"),
        Flag("cluster", nil, .string, "the cluster to use; every one is the simulated one"),
        Flag("user", nil, .string, "the user to be: an administrator, unless it acts as another"),
        Flag("warnings-as-errors", nil, .bool, "fail where the server warns"),
        idle("request-timeout", "a request takes no time of its own", standard: "0"),
        idle("v", "there is no log of requests", .int, short: "v", standard: "0"),
        idle("server", "there is one cluster", short: "s"),
        Flag("as", nil, .string, "the user to act as, who may do what roles allow"),
        Flag("as-group", nil, .strings, "a group of the user to act as"),
        Flag("as-uid", nil, .string, "the uid of the user to act as"),
        Flag("as-user-extra", nil, .strings, "a further fact about that user, as key=value"),
        idle("token", oneUser),
        idle("username", oneUser), idle("password", oneUser),
        idle("cache-dir", "nothing is cached", standard: "/home/.kube/cache"),
        idle("certificate-authority", noNetwork), idle("client-certificate", noNetwork),
        idle("client-key", noNetwork), idle("tls-server-name", noNetwork),
        idle("insecure-skip-tls-verify", noNetwork, .bool),
        idle("disable-compression", noNetwork, .bool),
        idle("kuberc", "there are no preferences"),
        idle("log-flush-frequency", noProcess, .duration, standard: "5s"),
        idle("vmodule", noProcess), idle("profile", noProcess, standard: "none"),
        idle("profile-output", noProcess, standard: "profile.pprof"),
        idle("match-server-version", "client and server are of one version", .bool),
    ]
}
