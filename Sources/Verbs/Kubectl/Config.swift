import Model
import Printers
import Value

extension Verb {
    /// `kubectl config`: one context, whose namespace can be changed.
    static let config: Verb = {
        var verb = Verb("config", summary: "Show the context, or change its namespace")
        verb.usage = "SUBCOMMAND"
        verb.examples = ["config set-context --current --namespace=shop"]
        verb.subverbs =
            [
                .configCurrent, .configContexts, .configClusters, .configUsers, .configSetContext,
                .configUseContext, .configView,
            ] + configChanges
        return verb
    }()

    private static func child(
        _ name: String, _ summary: String, usage: String = "[flags]", example: String,
        flags: [Flag] = [], run: @escaping @Sendable (VerbCall) throws -> Void
    ) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.usage = usage
        verb.examples = [example]
        verb.flags = flags
        verb.run = run
        return verb
    }

    static let configCurrent = child(
        "current-context", "Print the name of the context", example: "config current-context"
    ) { call in call.context.output.line(call.context.session.contextName) }

    static let configContexts = child(
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
        let missing = call.arguments.filter { $0 != call.context.session.contextName }
        if output.isEmpty, !missing.isEmpty, missing.count == call.arguments.count {
            call.context.output.write(
                TabWriter.align("CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n", .table))
        }
        if !missing.isEmpty {
            throw VerbError.several(missing.map { .message("context \($0) not found") })
        }
        if output == "name" {
            return call.context.output.line(call.context.session.contextName)
        }
        let header =
            call.flags.bool("no-headers") ? "" : "CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n"
        let name = call.context.session.contextName
        call.context.output.write(
            TabWriter.align(
                header + "*\t\(name)\t\(name)\t\(name)\t\(call.context.namespace)\n", .table))
    }

    static let configClusters = child(
        "get-clusters", "List the clusters", example: "config get-clusters"
    ) { call in call.context.output.write("NAME\n\(call.context.session.contextName)\n") }

    static let configUsers = child(
        "get-users", "List the users", example: "config get-users"
    ) { call in call.context.output.write("NAME\n\(call.context.session.contextName)\n") }

    static let configUseContext = child(
        "use-context", "Choose the context: there is one", usage: "NAME",
        example: "config use-context drydock"
    ) { call in
        guard call.arguments.count == 1 else {
            throw call.unexpectedWords()
        }
        guard call.arguments[0] == call.context.session.contextName else {
            throw VerbError.message("no context exists with the name: \"\(call.arguments[0])\"")
        }
        call.context.output.line("Switched to context \"\(call.context.session.contextName)\".")
    }

    static let configSetContext = child(
        "set-context", "Change the namespace of the context",
        usage: "[NAME | --current] [--namespace=namespace]",
        example: "config set-context --current --namespace=shop",
        flags: [
            Flag("current", nil, .bool, "the context in force"),
            Flag("cluster", nil, .string, "not possible: there is one cluster"),
            Flag("user", nil, .string, "not possible: there is one user"),
        ]
    ) { call in
        let isCurrent = call.flags.bool("current")
        if call.arguments.count > 1 { throw call.unexpectedWords() }
        if isCurrent, !call.arguments.isEmpty {
            throw VerbError.message("you cannot specify both a context name and --current")
        }
        if !isCurrent, call.arguments.isEmpty {
            throw VerbError.message("you must specify a non-empty context name or --current")
        }
        if let name = call.arguments.first, name != call.context.session.contextName {
            throw VerbError.message(
                "there is one cluster, and one context for it: \"\(call.context.session.contextName)\""
            )
        }
        if call.flags.has("cluster") || call.flags.has("user") {
            throw VerbError.message(
                "there is one cluster and one user; only --namespace can change")
        }
        if call.flags.has("namespace") {
            // Without a name the namespace is the one that needs none.
            let name = call.flags.string("namespace")
            call.context.session.namespace = name.isEmpty ? "default" : name
        }
        call.context.output.line("Context \"\(call.context.session.contextName)\" modified.")
    }

    static let configView = child(
        "view", "Print the configuration", example: "config view --minify",
        flags: [
            .output, Flag("minify", nil, .bool, "accepted: there is one context"),
            Flag("raw", nil, .bool, "accepted: there is nothing secret"),
            Flag("flatten", nil, .bool, "accepted and ignored"), .template,
            .allowMissingTemplateKeys, .showManagedFields,
        ]
    ) { call in
        if !call.arguments.isEmpty {
            throw call.usageError(
                "unexpected arguments: [\(call.arguments.joined(separator: " "))]")
        }
        let name = Value(call.context.session.contextName)
        let printer = try ResultPrinter(call)
        let value: Value = [
            .apiVersion: "v1", .kind: "Config", "preferences": .emptyObject,
            "clusters": [[.name: name, "cluster": ["server": "simulated"]]],
            "contexts": [
                [
                    .name: name,
                    "context": [
                        "cluster": name, .namespace: Value(call.context.namespace), "user": name,
                    ],
                ]
            ],
            "current-context": name, "users": [[.name: name, "user": .emptyObject]],
        ]
        if printer.isPlain {
            call.context.output.write(YAMLPrinter.text(value))
        } else {
            try printer.write(value)
        }
    }
}
