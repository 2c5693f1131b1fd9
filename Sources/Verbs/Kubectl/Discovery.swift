import Model
import Printers
import Support
import Value

// What the cluster is and serves.
extension Verb {
    /// `kubectl api-resources`.
    static let apiResources: Verb = {
        var verb = Verb("api-resources", summary: "List the kinds that the cluster serves")
        verb.examples = [
            "api-resources --namespaced=false", "api-resources --api-group=apps -o wide",
        ]
        verb.flags = [
            .output, Flag("api-group", nil, .string, "only this group; empty for the core group"),
            Flag(
                "namespaced", nil, .bool, "only kinds in namespaces, or with false the others",
                standard: "true"),
            Flag("no-headers", nil, .bool, "leave the header out"),
            Flag("verbs", nil, .strings, "only kinds that allow all of these"),
            Flag("categories", nil, .strings, "only kinds of these categories"),
            Flag("sort-by", nil, .string, "name or kind", choices: ["name", "kind"]),
            .idle("cached", .bool, "nothing is cached"),
        ]
        verb.holdsGoTypes = true
        verb.run = apiResources
        return verb
    }()

    private static func apiResources(_ call: VerbCall) throws {
        if !call.arguments.isEmpty {
            throw call.usageError(
                "unexpected arguments: [\(call.arguments.joined(separator: " "))]")
        }
        let (flags, output) = (call.flags, call.flags.string("output"))
        guard ["", "wide", "name", "json", "yaml", "kyaml"].contains(output) else {
            throw VerbError.message(
                "unable to match a printer suitable for the output format \"\(output)\", allowed formats "
                    + "are: json,kyaml,name,wide,yaml")
        }
        let order = flags.string("sort-by")
        guard ["", "name", "kind"].contains(order) else {
            throw VerbError.message("--sort-by accepts only name or kind")
        }
        call.context.client.discoverAgain()
        let kinds = call.context.kinds.resources.filter { info in
            (!flags.has("api-group") || info.group == flags.string("api-group"))
                && (!flags.has("namespaced") || info.isNamespaced == flags.bool("namespaced"))
                && flags.list("verbs").allSatisfy { info.verbs.contains($0) }
                && flags.list("categories").allSatisfy { info.categories.contains($0) }
        }.sorted { left, right in
            switch order {
            case "name": (left.plural, left.group) < (right.plural, right.group)
            case "kind": (left.name, left.group) < (right.name, right.group)
            default: (left.group, left.plural) < (right.group, right.plural)
            }
        }
        if ["json", "yaml", "kyaml"].contains(output) {
            return try ResultPrinter(call).write(resourceList(kinds))
        }
        call.context.output.write(
            output == "name"
                ? APIResourceList.names(kinds)
                : APIResourceList.table(
                    kinds, isWide: output == "wide", hidesHeaders: flags.bool("no-headers")))
    }

    /// The kinds as one object, fields in Go's order.
    private static func resourceList(_ kinds: [KindDescriptor]) -> Value {
        let resources = kinds.map { info -> Value in
            var entry: Object = [
                .name: Value(info.plural), "singularName": Value(info.singular),
                "namespaced": .bool(info.isNamespaced),
            ]
            if !info.group.isEmpty { entry.append("group", Value(info.group)) }
            entry.append("version", Value(info.version))
            entry.append(.kind, Value(info.name))
            entry.append("verbs", .array(info.verbs.map { Value($0) }))
            for (key, names) in [("shortNames", info.shortNames), ("categories", info.categories)]
            where !names.isEmpty {
                entry.append(Key(key), .array(names.map { Value($0) }))
            }
            return .object(entry)
        }
        return [
            .kind: "APIResourceList", .apiVersion: "v1", "groupVersion": "",
            "resources": .array(resources),
        ]
    }

    /// `kubectl api-versions`.
    static let apiVersions: Verb = {
        var verb = Verb("api-versions", summary: "List the groups and versions that are served")
        verb.examples = ["api-versions"]
        verb.run = { call in
            if !call.arguments.isEmpty {
                throw call.usageError(
                    "unexpected arguments: [\(call.arguments.joined(separator: " "))]")
            }
            call.context.client.discoverAgain()
            call.context.output.write(
                APIResourceList.versions(call.context.kinds.servedVersions))
        }
        return verb
    }()

    /// `kubectl version`.
    static let version: Verb = {
        var verb = Verb("version", summary: "Print the versions of client and server")
        verb.examples = ["version", "version -o yaml"]
        verb.flags = [
            Flag("client", nil, .bool, "only the client's"),
            Flag("output", "o", .string, "yaml or json", choices: ["yaml", "json"]),
        ]
        verb.run = version
        return verb
    }()

    private static func version(_ call: VerbCall) throws {
        if !call.arguments.isEmpty {
            throw VerbError.message("extra arguments: [\(call.arguments.joined(separator: " "))]")
        }
        let server = call.context.client.serverVersion
        func details(_ version: String) -> Value {
            let parts = version.dropFirst().split(separator: ".").map(String.init)
            return [
                "gitVersion": Value(version), "major": Value(parts.first ?? ""),
                "minor": Value(parts.count > 1 ? parts[1] : ""), "platform": "simulated/virtual",
            ]
        }
        var value: Value = [
            "clientVersion": details(Self.clientVersion),
            "kustomizeVersion": Value(Kustomization.version),
        ]
        if !call.flags.bool("client") { value["serverVersion"] = details(server) }
        switch call.flags.string("output") {
        case "":
            call.context.output.line("Client Version: \(Self.clientVersion)")
            call.context.output.line("Kustomize Version: \(Kustomization.version)")
            if !call.flags.bool("client") {
                call.context.output.line("Server Version: \(server)")
            }
        case "yaml": call.context.output.write(YAMLPrinter.text(value))
        case "json": call.context.output.write(JSON.text(value, style: .kubectl) + "\n")
        default: throw VerbError.message("--output must be 'yaml' or 'json'")
        }
        if !call.flags.bool("client") { warnOfSkew(server, call) }
    }

    /// kubectl and server may be one minor version apart. Source: kubectl's version command.
    private static func warnOfSkew(_ server: String, _ call: VerbCall) {
        func minor(_ version: String) -> [Int] {
            version.dropFirst().split(separator: ".").prefix(2).compactMap { Int($0) }
        }
        let (ours, theirs) = (minor(clientVersion), minor(server))
        guard ours.count == 2, theirs.count == 2,
            ours[0] != theirs[0] || abs(ours[1] - theirs[1]) > 1
        else { return }
        call.context.output.error(
            "WARNING: version difference between client (\(ours[0]).\(ours[1])) and server "
                + "(\(theirs[0]).\(theirs[1])) exceeds the supported minor version skew of +/-1\n")
    }

    /// The kubectl whose output the verbs print.
    private static let clientVersion = "v1.36.2"

    /// `kubectl options`.
    static let options: Verb = {
        var verb = Verb("options", summary: "List the flags that every command takes")
        verb.examples = ["options"]
        verb.run = { call in
            call.context.output.write(
                "The following options can be passed to any command:\n\n"
                    + HelpText.options(VerbRegistry.sharedFlags))
        }
        return verb
    }()

    /// `kubectl kustomize`.
    static let kustomize: Verb = {
        var verb = Verb("kustomize", summary: "Print the manifests that a kustomization makes")
        verb.usage = "FOLDER [flags]"
        verb.examples = ["kustomize overlays/dev"]
        verb.completes = .files
        verb.run = { call in
            if call.arguments.count > 1 {
                throw VerbError.message("specify one path to kustomization.yaml")
            }
            let objects = try Kustomization(call).objects(call.arguments.first ?? ".")
            call.context.output.write(
                objects.map { YAMLPrinter.text($0) }.joined(separator: "---\n"))
        }
        return verb
    }()
}
