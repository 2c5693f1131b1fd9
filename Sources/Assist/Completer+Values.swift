import Language
import Model
import Session
import Syntax
import Verbs

// Values of flags, of labels and of settings; containers; files.

extension Completer {
    // MARK: Files

    /// The files and folders of the folder that what was typed names; a folder ends in `/`.
    func files(_ typed: String) -> (candidates: [Candidate], skipped: Int) {
        guard let slash = typed.lastIndex(of: "/") else {
            return (scene.files.map { Candidate($0, .file) }, 0)
        }
        let folder = slash == typed.startIndex ? "/" : String(typed[..<slash])
        return (scene.files(in: folder).map { Candidate($0, .file) }, typed[...slash].utf8.count)
    }

    // MARK: Labels

    /// The keys of labels that objects of a kind have, or the fields of a list's items.
    func selectorKeys(
        _ source: CompletionContext.SelectorSource, _ context: CompletionContext
    ) -> [Candidate] {
        switch source {
        case .kind(let name):
            return labels(of: name).map { key, values in
                Candidate(key, .value, detail: values.prefix(3).joined(separator: ", "))
            }
        case .items(let list):
            return items(of: list, context).map { Self.fields(of: $0) } ?? []
        }
    }

    func selectorValues(
        _ source: CompletionContext.SelectorSource, _ key: String, _ context: CompletionContext
    ) -> [Candidate] {
        switch source {
        case .kind(let name):
            return labels(of: name).first { $0.key == key }?.values.map { Candidate($0, .value) }
                ?? []
        case .items(let list):
            let values = items(of: list, context)?.field(key)?.knownValues ?? []
            return values.map { Candidate($0, .value) }
        }
    }

    private func items(of list: Expression, _ context: CompletionContext) -> ValueShape? {
        ShapeReader(scene: scene, itemSources: context.itemSources).shape(of: list)?.item
    }

    private func labels(of kind: String) -> [(key: String, values: [String])] {
        kinds(named: kind).flatMap { scene.labels(of: $0) }
    }

    /// `app=web,tier=`: a key, or a value behind its key.
    func selector(_ typed: String, of kind: String?) -> (candidates: [Candidate], skipped: Int) {
        let start = typed.lastIndex(of: ",").map { typed.index(after: $0) } ?? typed.startIndex
        let part = typed[start...]
        let skipped = typed[..<start].utf8.count
        let labels = kind.map { self.labels(of: $0) } ?? []
        if let sign = part.lastIndex(of: "=") {
            let key = part[..<sign].filter { $0 != "=" && $0 != "!" }
            let values = labels.first { $0.key == key }?.values ?? []
            return (
                values.map { Candidate($0, .value) }, skipped + part[...sign].utf8.count
            )
        }
        return (labels.map { Candidate($0.key + "=", .value) }, skipped)
    }

    // MARK: Settings

    func values(ofSetting name: String) -> [Candidate] {
        let facts = BehaviorSettings.all.filter { $0.name == name }
        guard let type = facts.first?.type else { return [] }
        var texts: [String] = []
        if type.contains("boolean") { texts += ["true", "false"] }
        if type.contains("list") { texts.append("[{from: 30s, ") }
        if type.hasPrefix("duration") { texts += ["1s", "10s", "1m"] }
        return texts.map { Candidate($0, .value, detail: type) }
    }

    /// What a `behavior` can be about.
    func behaviorTargets(_ typed: String) -> (candidates: [Candidate], skipped: Int) {
        if let slash = typed.firstIndex(of: "/") {
            let named = objects(named: String(typed[..<slash]))
            if !named.isEmpty { return (named, typed[...slash].utf8.count) }
        }
        if let sign = typed.firstIndex(of: "=") {
            let skipped = typed[...sign].utf8.count
            switch typed[..<sign] {
            case "pod": return (objects(named: "pods"), skipped)
            case "namespace": return (objects(named: "namespaces"), skipped)
            case "container":
                let pods = kinds(named: "pods").flatMap { pod in
                    scene.objects(of: pod).flatMap { scene.containers(of: pod, $0.name) }
                }
                return (pods.map { Candidate($0, .value) }, skipped)
            default: return ([], skipped)
            }
        }
        return (
            scene.images.map { Candidate($0, .value, detail: "image") }
                + ["pod=", "ordinal=", "container=", "namespace="].map { Candidate($0, .flag) }
                + scene.kinds.all.filter { $0.makesPods || $0.kind == .pod }.map {
                    Candidate($0.singular + "/", .kindOfObject, detail: $0.name)
                } + [Candidate("storageclass/", .kindOfObject, detail: "StorageClass")], 0
        )
    }

    // MARK: Containers

    /// The containers of the object that a command is about.
    func containers(of command: CommandWords) -> [Candidate] {
        guard let first = command.arguments.first else { return [] }
        var kind = "pods"
        var name = first
        if let slash = first.firstIndex(of: "/") {
            (kind, name) = (String(first[..<slash]), String(first[first.index(after: slash)...]))
        } else if case .resources? = command.verb?.completes, command.arguments.count > 1,
            !kinds(named: first).isEmpty
        {
            (kind, name) = (first, command.arguments[1])
        }
        return kinds(named: kind).flatMap { scene.containers(of: $0, name) }
            .map { Candidate($0, .value, detail: "container") }
    }

    /// `nginx=` and then images, behind the object of `set image`.
    func images(
        of command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        if let sign = typed.firstIndex(of: "=") {
            return (
                scene.images.map { Candidate($0, .value, detail: "image") },
                typed[...sign].utf8.count
            )
        }
        return (
            containers(of: command).map { Candidate($0.text + "=", .value, detail: "container") }
                + [Candidate("*=", .value, detail: "every container")], 0
        )
    }

    // MARK: Flags

    /// The values of a flag, and how much of what was typed of them stands before what they replace.
    func values(
        of flag: Flag, in command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        func plain(_ texts: [String]) -> (candidates: [Candidate], skipped: Int) {
            listed(texts.map { Candidate($0, .value) }, typed)
        }
        switch flag.name {
        case "namespace", "namespaces", "scope-namespaces":
            return listed(objects(named: "namespaces"), typed)
        case "filename", "from-file", "patch-file", "kustomize", "from-env-file", "cert", "key",
            "kubeconfig":
            return files(typed)
        case "image":
            return (scene.images.map { Candidate($0, .value, detail: "image") }, 0)
        case "container", "target": return (containers(of: command), 0)
        case "selector": return selector(typed, of: selectedKind(command))
        case "label-columns":
            return listed(
                labels(of: selectedKind(command) ?? "").map { Candidate($0.key, .value) }, typed)
        case "for": return values(ofFor: command, typed)
        case "from" where command.path == ["create", "job"]:
            let names = kinds(named: "cronjobs").flatMap { scene.objects(of: $0) }
            return (names.map { Candidate("cronjob/\($0.name)", .object) }, 0)
        case "sort-by" where flag.choices.isEmpty:
            return fieldPath(typed, of: selectedKind(command))
        case "serviceaccount": return (objects(named: "serviceaccounts"), 0)
        case "clusterrole": return (objects(named: "clusterroles"), 0)
        case "role": return (objects(named: "roles"), 0)
        case "priority-class-name": return (objects(named: "priorityclasses"), 0)
        case "resource" where command.path.first == "create": return listed(kindNames, typed)
        default:
            if !flag.choices.isEmpty { return plain(flag.choices) }
            return plain(Self.furtherChoices(flag.name, command.path))
        }
    }

    /// Values of flags that take any text, and of which only some mean something.
    private static func furtherChoices(_ flag: String, _ path: [String]) -> [String] {
        switch (flag, path.first) {
        case ("type", "expose"): ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]
        case ("type", "patch"): ["json", "merge", "strategic"]
        case ("types", "events"): ["Normal", "Warning"]
        case ("dry-run", _): ["client", "none", "server"]
        case ("restart", "run"): ["Always", "Never", "OnFailure"]
        case ("image-pull-policy", _): ["Always", "IfNotPresent", "Never"]
        case ("protocol", _): ["SCTP", "TCP", "UDP"]
        case ("cascade", _): ["background", "foreground", "orphan"]
        case ("validate", _): ["ignore", "strict", "warn"]
        case ("verb", "create"):
            ["create", "delete", "get", "list", "patch", "update", "watch"]
        case ("field-selector", _): ["metadata.name=", "metadata.namespace=", "status.phase="]
        default: []
        }
    }

    /// The kind that the first argument of a command names.
    private func selectedKind(_ command: CommandWords) -> String? {
        if let first = command.arguments.first {
            return first.split(whereSeparator: { $0 == "/" || $0 == "," }).first.map(String.init)
        }
        switch command.path.first {
        case "logs", "debug", "exec": return "pods"
        case "drain", "cordon", "uncordon": return "nodes"
        default: return command.path == ["top", "node"] ? "nodes" : "pods"
        }
    }

    /// `--for`: an object of `events`, what `wait` waits for.
    private func values(
        ofFor command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        guard command.path == ["wait"] else {
            guard let slash = typed.firstIndex(of: "/") else {
                return (kindNames.map { Candidate($0.text + "/", .kindOfObject) }, 0)
            }
            return (objects(named: String(typed[..<slash])), typed[...slash].utf8.count)
        }
        let start = "condition="
        guard typed.hasPrefix(start) else {
            return (
                ["condition=", "delete", "jsonpath=", "create"].map { Candidate($0, .value) }, 0
            )
        }
        let kind = selectedKind(command).flatMap { kinds(named: $0).first } ?? scene.kinds[.pod]
        let type = ValueShape(kind).field("status")?.field("conditions")?.item?.field("type")
        return ((type?.knownValues ?? []).map { Candidate($0, .value) }, start.utf8.count)
    }

    /// `.metadata.na`: the fields of a kind.
    private func fieldPath(
        _ typed: String, of kind: String?
    ) -> (candidates: [Candidate], skipped: Int) {
        var shape = kind.flatMap { kinds(named: $0).first }.map { ValueShape($0) }
        let lead = typed.prefix { "{'\"".contains($0) }
        guard typed.dropFirst(lead.count).hasPrefix(".") else {
            return ([Candidate(lead + ".metadata.name", .field)], 0)
        }
        let parts = typed.dropFirst(lead.count + 1).split(
            separator: ".", omittingEmptySubsequences: false
        ).map(String.init)
        for name in parts.dropLast() {
            shape = shape?.field(String(name.prefix { $0 != "[" }))
            while let item = shape?.item { shape = item }
        }
        let skipped = typed.utf8.count - (parts.last?.utf8.count ?? 0)
        return (shape.map(Self.fields) ?? [], skipped)
    }

    // MARK: Arguments with a form of their own

    /// What only some commands take; nil for the others.
    func ownArguments(
        _ command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int)? {
        let arguments = command.arguments
        let isBehindObject =
            arguments.first.map { $0.contains("/") || arguments.count > 1 } ?? false
        switch command.path {
        case ["set", "image"] where isBehindObject: return images(of: command, typed)
        case ["label"] where isBehindObject:
            let kind = arguments[0].split(separator: "/").first.map(String.init)
            return selector(typed, of: kind)
        case ["load"] where !arguments.isEmpty && !typed.contains("/"):
            return (["cpu=", "memory="].map { Candidate($0, .value) }, 0)
        case ["auth", "can-i"]:
            if arguments.isEmpty {
                let verbs = ["create", "delete", "get", "list", "patch", "update", "watch", "*"]
                return (verbs.map { Candidate($0, .value) }, 0)
            }
            return arguments.count == 1 ? (kindNames, 0) : nil
        case ["config", "use-context"], ["config", "delete-context"], ["config", "rename-context"]:
            return arguments.isEmpty ? (scene.contexts.map { Candidate($0, .value) }, 0) : nil
        case ["restore"]:
            return arguments.isEmpty ? (scene.moments.map { Candidate($0, .value) }, 0) : nil
        case ["compare"]:
            let names = scene.moments + ["now"]
            return arguments.count < 2 ? (names.map { Candidate($0, .value) }, 0) : nil
        default: return nil
        }
    }
}
