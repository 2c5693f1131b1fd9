import Model
import Printers
import Value

extension Verb {
    /// `kubectl config`: one context, whose namespace can be changed.
    static let config: Verb = {
        var verb = Verb("config", summary: "Show the context, or change its namespace")
        verb.usage = "SUBCOMMAND"
        verb.examples = ["config set-context --current --namespace=shop"]
        verb.subverbs = [
            .configCurrent, .configContexts, .configClusters, .configUsers, .configSetContext,
            .configUseContext, .configView,
        ]
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
        if call.flags.string("output") == "name" {
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
            throw VerbError.message(
                "accepts 1 arg(s), received \(call.arguments.count)")
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
        guard call.arguments.count == (isCurrent ? 0 : 1) else {
            throw call.usageError("Unexpected args: [\(call.arguments.joined(separator: " "))]")
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
            call.context.session.namespace = call.flags.string("namespace")
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
