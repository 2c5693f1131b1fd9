import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl config`: the kubeconfig of the session, or the file of `--kubeconfig`.
    static let config: Verb = {
        var verb = Verb("config", summary: "Show and change the kubeconfig")
        verb.usage = "SUBCOMMAND"
        verb.examples = ["config set-context --current --namespace=shop"]
        verb.subverbs =
            [.configCurrent, .configContexts, .configClusters, .configUsers, .configView]
            + configChanges + [.configSet, .configUnset]
        return verb
    }()

    static func configVerb(
        _ name: String, _ summary: String, usage: String = "[flags]", example: String,
        flags: [Flag] = [], run: @escaping @Sendable (VerbCall) throws -> Void
    ) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.usage = usage
        verb.examples = [example]
        verb.flags = flags
        verb.holdsGoTypes = true
        verb.run = run
        return verb
    }

    static let configCurrent = configVerb(
        "current-context", "Print the name of the context", example: "config current-context"
    ) { call in
        let name = try call.kubeConfig().currentContext
        if name.isEmpty { throw VerbError.message("current-context is not set") }
        call.context.output.line(name)
    }

    static let configContexts = configVerb(
        "get-contexts", "List the contexts", usage: "[NAME] [flags]",
        example: "config get-contexts",
        flags: [Flag("no-headers", nil, .bool, "leave the header out"), .output]
    ) { call in
        let output = call.flags.string("output")
        guard ["", "name"].contains(output) else {
            throw VerbError.message(
                "--output \(output) is not available in kubectl config get-contexts; resetting to "
                    + "default output format")
        }
        let config = try call.kubeConfig()
        let known = config.names(.contexts)
        let wanted = call.arguments.isEmpty ? known : call.arguments.filter(known.contains)
        var rows =
            call.flags.bool("no-headers") || output == "name"
            ? "" : "CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n"
        for name in wanted.sorted() {
            let context = config[.contexts, name] ?? .null
            let cells = [
                name == config.currentContext ? "*" : " ", name, context.text("cluster"),
                context.text("user"), context.text(.namespace),
            ]
            rows += output == "name" ? "\(name)\n" : cells.joined(separator: "\t") + "\n"
        }
        call.context.output.write(TabWriter.align(rows, .table))
        let missing = call.arguments.filter { !known.contains($0) }
        if !missing.isEmpty {
            throw VerbError.several(missing.map { .message("context \($0) not found") })
        }
    }

    static let configClusters = listing("get-clusters", "List the clusters", .clusters)
    static let configUsers = listing("get-users", "List the users", .users)

    private static func listing(
        _ name: String, _ summary: String, _ section: KubeConfig.Section
    ) -> Verb {
        configVerb(name, summary, example: "config \(name)") { call in
            let names = try call.kubeConfig().names(section)
            call.context.output.write((["NAME"] + names).map { "\($0)\n" }.joined())
        }
    }

    static let configView = configVerb(
        "view", "Print the configuration", example: "config view --minify",
        flags: [
            Flag("output", "o", .string, "output format", standard: "yaml"),
            Flag("minify", nil, .bool, "only what the context in force uses"),
            Flag("raw", nil, .bool, "with secrets as they are"),
            Flag("flatten", nil, .bool, "with the contents of files instead of their names"),
            .template, .allowMissingTemplateKeys, .showManagedFields,
        ]
    ) { call in
        if !call.arguments.isEmpty {
            throw call.usageError(
                "unexpected arguments: [\(call.arguments.joined(separator: " "))]")
        }
        let printer = try ResultPrinter(call)
        if call.flags.has("merge"), !call.flags.bool("merge"),
            call.flags.string("kubeconfig").isEmpty
        {
            throw VerbError.message("if merge==false a precise file must be specified")
        }
        var config = try call.kubeConfig()
        if call.flags.bool("minify") {
            config = try config.minified(context: call.flags.string("context"))
        }
        if call.flags.bool("flatten") {
            try config.embedFiles(call.context.files)
        } else if !call.flags.bool("raw") {
            config.hideSecrets()
        }
        try printer.write(config.document)
    }
}

extension KubeConfig {
    /// What the context uses, and nothing else. Source: clientcmd's MinifyConfig.
    fileprivate func minified(context: String) throws(VerbError) -> KubeConfig {
        var result = self
        if !context.isEmpty { result.tree["current-context"] = Value(context) }
        let name = result.currentContext
        if name.isEmpty {
            throw .message("current-context must exist in order to minify")
        }
        guard has(.contexts, name), let chosen = self[.contexts, name] else {
            throw .message("cannot locate context \(name)")
        }
        result.tree["contexts"] = [Key(name): chosen]
        for (section, key) in [(Section.clusters, Key("cluster")), (.users, "user")] {
            let entry = chosen.text(key)
            result.tree[Key(section.rawValue)] = .null
            if entry.isEmpty { continue }
            guard has(section, entry), let value = self[section, entry] else {
                throw .message("cannot locate \(key.name) \(entry)")
            }
            result[section, entry] = value
        }
        return result
    }

    /// Puts words in place of what nobody is to see. Source: RedactSecrets and ShortenConfig.
    fileprivate mutating func hideSecrets() {
        let masks: [(Section, Key, Value)] = [
            (.clusters, "certificate-authority-data", "DATA+OMITTED"),
            (.users, "client-certificate-data", "DATA+OMITTED"),
            (.users, "client-key-data", "DATA+OMITTED"), (.users, "token", "REDACTED"),
            (.users, "password", "REDACTED"),
        ]
        for (section, key, mask) in masks {
            for name in names(section) {
                guard var entry = self[section, name], !entry[key].isNull else { continue }
                entry[key] = mask
                self[section, name] = entry
            }
        }
    }

    /// Puts the contents of files in place of their names. Source: FlattenConfig.
    fileprivate mutating func embedFiles(_ files: any VerbFiles) throws(VerbError) {
        for (section, key) in [
            (Section.clusters, "certificate-authority"), (.users, "client-certificate"),
            (.users, "client-key"),
        ] {
            for name in names(section) {
                guard var entry = self[section, name] else { continue }
                let path = entry.text(Key(key))
                if path.isEmpty { continue }
                do throws(FileProblem) {
                    entry[Key(key + "-data")] = Value(Base64.encode(try files.bytes(path)))
                } catch {
                    throw .message("open \(path): \(error.message)")
                }
                entry[Key(key)] = .null
                self[section, name] = entry
            }
        }
    }
}
