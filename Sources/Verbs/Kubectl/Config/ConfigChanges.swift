import Support
import Value

/// The subcommands of `config` that change clusters, contexts and users by their names.
///
/// Source of rules and texts: kubectl's config commands.
extension Verb {
    static let configChanges: [Verb] = [
        configUseContext, configSetContext, configSetCluster, configSetCredentials,
        configRenameContext, deleting(.contexts), deleting(.clusters), configDeleteUser,
    ]

    private static let configUseContext: Verb = {
        var verb = configVerb(
            "use-context", "Choose the context", usage: "NAME",
            example: "config use-context drydock"
        ) { call in
            guard call.arguments.count == 1 else { throw call.unexpectedWords() }
            var config = try call.kubeConfig()
            let name = call.arguments[0]
            if name.isEmpty { throw VerbError.message("empty context names are not allowed") }
            guard config.has(.contexts, name) else {
                throw VerbError.message("no context exists with the name: \"\(name)\"")
            }
            config.tree["current-context"] = Value(name)
            try call.save(config)
            call.context.output.line("Switched to context \"\(name)\".")
        }
        verb.aliases = ["use"]
        return verb
    }()

    private static let configSetContext = configVerb(
        "set-context", "Make a context, or change one",
        usage: "[NAME | --current] [--namespace=namespace]",
        example: "config set-context --current --namespace=shop",
        flags: [
            Flag("current", nil, .bool, "the context in force"),
            Flag("cluster", nil, .string, "the name of its cluster"),
            Flag("user", nil, .string, "the name of its user"),
            Flag("namespace", "n", .string, "the namespace of commands that name none"),
        ]
    ) { call in
        let isCurrent = call.flags.bool("current")
        if call.arguments.count > 1 { throw call.unexpectedWords() }
        if isCurrent, !call.arguments.isEmpty {
            throw VerbError.message("you cannot specify both a context name and --current")
        }
        var config = try call.kubeConfig()
        var name = call.arguments.first ?? ""
        if !isCurrent, name.isEmpty {
            throw VerbError.message("you must specify a non-empty context name or --current")
        }
        if isCurrent { name = config.currentContext }
        if name.isEmpty { throw VerbError.message("no current context is set") }
        var context = config[.contexts, name] ?? .emptyObject
        let exists = config.has(.contexts, name)
        call.set([("cluster", "cluster"), ("user", "user"), ("namespace", .namespace)], &context)
        config[.contexts, name] = context
        try call.save(config)
        call.context.output.line("Context \"\(name)\" \(exists ? "modified" : "created").")
    }

    private static let configSetCluster = configVerb(
        "set-cluster", "Make the entry of a cluster, or change one", usage: "NAME",
        example: "config set-cluster staging --server=https://staging.example.com:6443",
        flags: [
            Flag("server", nil, .string, "the address; whatever it is, the cluster is simulated"),
            Flag("tls-server-name", nil, .string, "the name that its certificate must have"),
            Flag("insecure-skip-tls-verify", nil, .bool, "ask for no certificate"),
            Flag("certificate-authority", nil, .string, "a file with certificates"),
            Flag("embed-certs", nil, .bool, "keep the contents of that file, not its name"),
            Flag("proxy-url", nil, .string, "the address of a proxy"),
        ]
    ) { call in
        guard call.arguments.count == 1 else { throw call.unexpectedWords() }
        let (name, flags) = (call.arguments[0], call.flags)
        if name.isEmpty { throw VerbError.message("you must specify a non-empty cluster name") }
        let authority = flags.string("certificate-authority")
        if flags.bool("insecure-skip-tls-verify"), !authority.isEmpty {
            throw VerbError.message(
                "you cannot specify a certificate authority and insecure mode at the same time")
        }
        try call.checkEmbedding(["certificate-authority"])
        var config = try call.kubeConfig()
        var cluster = config[.clusters, name] ?? .emptyObject
        if flags.has("server") {
            cluster["server"] = Value(flags.string("server"))
            cluster["tls-server-name"] = .null
        }
        call.set([("tls-server-name", "tls-server-name")], &cluster)
        if flags.has("insecure-skip-tls-verify") {
            let isInsecure = flags.bool("insecure-skip-tls-verify")
            cluster["insecure-skip-tls-verify"] = isInsecure ? true : .null
            if isInsecure {
                cluster["certificate-authority"] = .null
                cluster["certificate-authority-data"] = .null
            }
        }
        if flags.has("certificate-authority") {
            try call.setFile("certificate-authority", &cluster)
            cluster["insecure-skip-tls-verify"] = .null
        }
        call.set([("proxy-url", "proxy-url")], &cluster)
        config[.clusters, name] = cluster
        try call.save(config)
        call.context.output.line("Cluster \"\(name)\" set.")
    }

    private static let configRenameContext = configVerb(
        "rename-context", "Rename a context", usage: "NAME NEW_NAME",
        example: "config rename-context drydock practice"
    ) { call in
        guard call.arguments.count == 2 else { throw call.unexpectedWords() }
        let (name, new) = (call.arguments[0], call.arguments[1])
        if new.isEmpty {
            throw VerbError.message("You must specify a new non-empty context name")
        }
        var config = try call.kubeConfig()
        guard config.has(.contexts, name), let context = config[.contexts, name] else {
            throw VerbError.message(
                "cannot rename the context \"\(name)\", it's not in \(call.configPath)")
        }
        if config.has(.contexts, new) {
            throw VerbError.message(
                "cannot rename the context \"\(name)\", the context \"\(new)\" already exists in "
                    + call.configPath)
        }
        config[.contexts, new] = context
        config[.contexts, name] = .null
        if config.currentContext == name { config.tree["current-context"] = Value(new) }
        try call.save(config)
        call.context.output.line("Context \"\(name)\" renamed to \"\(new)\".")
    }

    private static func deleting(_ section: KubeConfig.Section) -> Verb {
        let what = section.entry.name
        return configVerb(
            "delete-\(what)", "Take a \(what) out of the configuration", usage: "NAME",
            example: "config delete-\(what) staging"
        ) { call in
            guard let name = call.arguments.first, call.arguments.count == 1 else {
                throw VerbError.help(HelpText.of(call.verb, path: call.path))
            }
            var config = try call.kubeConfig()
            guard config.has(section, name) else {
                throw VerbError.message("cannot delete \(what) \(name), not in \(call.configPath)")
            }
            if section == .contexts, config.currentContext == name {
                call.context.output.error(
                    "warning: this removed your active context, use \"kubectl config use-context\" "
                        + "to select a different one\n")
            }
            config[section, name] = .null
            try call.save(config)
            call.context.output.line("deleted \(what) \(name) from \(call.configPath)")
        }
    }

    private static let configDeleteUser = configVerb(
        "delete-user", "Take a user out of the configuration", usage: "NAME",
        example: "config delete-user guest"
    ) { call in
        guard let name = call.arguments.first, call.arguments.count == 1 else {
            throw call.usageError("user to delete is required")
        }
        var config = try call.kubeConfig()
        guard config.has(.users, name) else {
            throw VerbError.message("cannot delete user \(name), not in \(call.configPath)")
        }
        config[.users, name] = .null
        try call.save(config)
        call.context.output.line("deleted user \(name) from \(call.configPath)")
    }
}

extension VerbCall {
    /// Sets the fields whose flags were given; an empty value takes the field away.
    func set(_ fields: [(flag: String, key: Key)], _ entry: inout Value) {
        for (flag, key) in fields where flags.has(flag) {
            let text = flags.string(flag)
            entry[key] = text.isEmpty ? .null : Value(text)
        }
    }

    /// Sets a file, or with `--embed-certs` its contents.
    func setFile(_ name: String, _ entry: inout Value) throws(VerbError) {
        let path = flags.string(name)
        if flags.bool("embed-certs") {
            let bytes = (try? context.files.bytes(path)) ?? []
            entry[Key(name)] = .null
            entry[Key(name + "-data")] = bytes.isEmpty ? .null : Value(Base64.encode(bytes))
        } else {
            entry[Key(name)] = path.isEmpty ? .null : Value(path)
            if !path.isEmpty { entry[Key(name + "-data")] = .null }
        }
    }

    /// What `--embed-certs` needs: one of the files, and each that is named.
    func checkEmbedding(_ names: [String]) throws(VerbError) {
        guard flags.bool("embed-certs") else { return }
        if names.allSatisfy({ flags.string($0).isEmpty }) {
            let list = names.map { "--\($0)" }.joined(separator: " or ")
            throw .message("you must specify a \(list) to embed")
        }
        for name in names {
            let path = flags.string(name)
            if !path.isEmpty, !context.files.exists(path) {
                throw .message(
                    "could not stat \(name) file \(path): stat \(path): no such file or directory")
            }
        }
    }

    /// What `config` says of too many or too few words: its help, then the error.
    func unexpectedWords(_ word: String = "Unexpected") -> VerbError {
        context.output.write(HelpText.of(verb, path: path))
        return .message("\(word) args: [\(arguments.joined(separator: " "))]")
    }
}
