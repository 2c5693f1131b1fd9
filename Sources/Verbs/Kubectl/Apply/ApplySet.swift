import API
import Model
import Support
import Value

/// `apply --prune --applyset`: the objects of one set carry its label, and an object of the cluster, the
/// set's parent, says which kinds and namespaces have members. What the set had and the manifests no
/// longer have is deleted.
///
/// Source of rules and texts: kubectl's apply/applyset.go and applyset_pruner.go. kubectl has the flag only
/// where its environment has KUBECTL_APPLYSET=true.
final class ApplySet {
    private static let tooling = "applyset.kubernetes.io/tooling"
    private static let namespacesKey = "applyset.kubernetes.io/additional-namespaces"
    private static let kindsKey = "applyset.kubernetes.io/contains-group-kinds"
    private static let identityKey = "applyset.kubernetes.io/id"
    private static let memberKey = "applyset.kubernetes.io/part-of"
    private static let parentTypeKey = "applyset.kubernetes.io/is-parent-type"
    private static let tool = "kubectl"

    private let call: VerbCall
    private let parent: KindDescriptor
    private let name: String
    private let namespace: String
    private var currentKinds: [KindDescriptor] = []
    private var currentNamespaces: Set<String> = []
    private var newKinds: [KindDescriptor] = []
    private var newNamespaces: Set<String> = []

    /// The set that `--applyset` names: `NAME` for a secret, or `TYPE/NAME`.
    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        let text = call.flags.string("applyset")
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        name = parts.last ?? ""
        func invalid(_ words: String) -> VerbError {
            .message("invalid parent reference \"\(text)\": \(words)")
        }
        if name.isEmpty { throw invalid("name cannot be blank") }
        let type = parts.count > 1 ? parts[0] : "secrets"
        switch call.context.kinds.resolve(type) {
        case .success(let kind): parent = call.context.kinds[kind]
        case .failure: throw invalid("no matches for /, Resource=\(type)")
        }
        namespace = parent.isNamespaced && call.flags.has("namespace") ? call.namespace : ""
    }

    private var isBuiltInParent: Bool { parent.kind == .secret || parent.kind == .configMap }

    private var reference: String { "\(parent.plural).\(parent.group)/\(name)" }

    /// The name by which members know the set. `applyset-…-v1`: what the parent is, hashed.
    var identity: String {
        let text = [name, namespace, parent.name, parent.group].joined(separator: ".")
        let code = Base64.encode(sha256(Array(text.utf8))).filter { $0 != "=" }
            .map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        return "applyset-\(String(code))-v1"
    }

    // MARK: Before

    /// Throws where the parent cannot be one.
    func check() throws(VerbError) {
        if parent.isNamespaced, namespace.isEmpty {
            throw .message("namespace is required to use namespace-scoped ApplySet")
        }
        if isBuiltInParent { return }
        let options = ListOptions(
            labels: (try? LabelSelector(parsing: Self.parentTypeKey)) ?? .everything)
        let allowed =
            (try? call.context.client.list(
                .customResourceDefinition, namespace: nil, options: options))?.items ?? []
        let wanted = "\(parent.plural).\(parent.group)"
        guard allowed.contains(where: { $0[.metadata].text(.name) == wanted }) else {
            throw .message(
                "resource \"\(parent.group)/\(parent.version), Resource=\(parent.plural)\" is not "
                    + "permitted as an ApplySet parent")
        }
    }

    /// The manifest as a member of the set.
    func member(_ manifest: FoundObject) throws(VerbError) -> FoundObject {
        var manifest = manifest
        guard manifest.value[.metadata][.labels][Key(Self.memberKey)].isNull else {
            throw .message("ApplySet label \"\(Self.memberKey)\" already set in input data")
        }
        manifest.value[.metadata][.labels][Key(Self.memberKey)] = Value(identity)
        return manifest
    }

    /// Reads the parent, and has it say what the set is about to have beside what it has.
    func begin(_ manifests: [FoundObject], _ dryRun: DryRun) throws(VerbError) {
        try fetchParent()
        for manifest in manifests {
            if !newKinds.contains(where: { $0.kind == manifest.info.kind }) {
                newKinds.append(manifest.info)
            }
            if manifest.info.isNamespaced, !manifest.namespace.isEmpty {
                newNamespaces.insert(manifest.namespace)
            }
        }
        let others = currentKinds.filter { kind in !newKinds.contains { $0.kind == kind.kind } }
        try updateParent(newKinds + others, newNamespaces.union(currentNamespaces), dryRun)
    }

    private func fetchParent() throws(VerbError) {
        let object: Value?
        do throws(APIError) {
            object = try call.context.client.find(parent.kind, namespace: namespace, name: name)
        } catch {
            throw .message(
                "failed to fetch ApplySet parent object \"\(reference)\": \(error.message)")
        }
        guard let object else {
            if isBuiltInParent { return }
            throw .message("custom resource ApplySet parents cannot be created automatically")
        }
        try checkParent(object[.metadata])
        let annotations = object[.metadata][.annotations]
        guard let kinds = annotations[Key(Self.kindsKey)].string else {
            throw .message(
                "parsing ApplySet annotation on \"\(reference)\": kubectl requires the "
                    + "\"\(Self.kindsKey)\" annotation to be set on all ApplySet parent objects")
        }
        for text in kinds.split(separator: ",").map(String.init) {
            guard let info = kind(text) else {
                throw .message(
                    "parsing ApplySet annotation on \"\(reference)\": could not find mapping for kind "
                        + "in \"\(Self.kindsKey)\" annotation: no matches for kind \"\(text)\"")
            }
            currentKinds.append(info)
        }
        let namespaces = annotations.text(Key(Self.namespacesKey)).split(separator: ",")
        currentNamespaces = Set(namespaces.map(String.init))
        if parent.isNamespaced { currentNamespaces.insert(namespace) }
    }

    private func checkParent(_ metadata: Value) throws(VerbError) {
        let place = "ApplySet parent object \"\(reference)\""
        guard let tooling = metadata[.annotations][Key(Self.tooling)].string else {
            throw .message(
                "\(place) already exists and is missing required annotation \"\(Self.tooling)\"")
        }
        let parts = tooling.split(separator: "/", omittingEmptySubsequences: false)
        let base = parts.count > 1 ? parts.dropLast().joined(separator: "/") : tooling
        guard base == Self.tool else {
            throw .message(
                "\(place) already exists and is managed by tooling \"\(base)\" instead of "
                    + "\"\(Self.tool)\"")
        }
        guard let label = metadata[.labels][Key(Self.identityKey)].string else {
            throw .message(
                "\(place) exists and does not have required label \(Self.identityKey)")
        }
        guard label == identity else {
            throw .message(
                "\(place) exists and has incorrect value for label \"\(Self.identityKey)\" (got: "
                    + "\(label), want: \(identity))")
        }
    }

    /// The kind that `Kind.group` names.
    private func kind(_ text: String) -> KindDescriptor? {
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        guard let name = parts.first else { return nil }
        let group = parts.count > 1 ? parts[1] : ""
        return call.context.kinds.resources.first { $0.name == name && $0.group == group }
    }

    /// Applies the parent with what the set has.
    private func updateParent(
        _ kinds: [KindDescriptor], _ namespaces: Set<String>, _ dryRun: DryRun
    ) throws(VerbError) {
        if dryRun == .client { return }
        let names = Set(kinds.map { $0.group.isEmpty ? $0.name : "\($0.name).\($0.group)" })
        var metadata: Value = [
            .name: Value(name), .labels: [Key(Self.identityKey): Value(identity)],
            .annotations: [
                Key(Self.tooling): Value("\(Self.tool)/\(call.context.client.serverVersion)"),
                Key(Self.kindsKey): Value(names.sorted().joined(separator: ",")),
                Key(Self.namespacesKey): Value(
                    namespaces.filter { $0 != namespace }.sorted().joined(separator: ",")),
            ],
        ]
        if !namespace.isEmpty { metadata[.namespace] = Value(namespace) }
        let config: Value = [
            .apiVersion: Value(parent.apiVersion), .kind: Value(parent.name),
            .metadata: metadata,
        ]
        var options = try call.writeOptions()
        options.fieldManager = "\(Self.tool)-applyset"
        do throws(APIError) {
            try send(config, &options)
        } catch {
            throw .message("failed to update ApplySet: \(error.message)")
        }
    }

    /// Its fields are the set's own: what somebody else took of them is taken back.
    private func send(_ config: Value, _ options: inout WriteOptions) throws(APIError) {
        for isForced in [false, true] {
            options.forcesConflicts = isForced
            do throws(APIError) {
                _ = try call.context.client.patch(
                    parent.kind, namespace: namespace, name: name, .apply(config),
                    subresource: .none, options: options)
                return
            } catch {
                if isForced || error.reason != .conflict { throw error }
            }
        }
    }

    // MARK: After

    /// Deletes the members that were not applied, and has the parent say what is left.
    ///
    /// - Parameter visited: the uids of what was applied.
    func prune(
        _ visited: Set<String>, _ printer: ResultPrinter, _ dryRun: DryRun
    ) throws(VerbError) {
        let labels = try? LabelSelector(parsing: "\(Self.memberKey)=\(identity)")
        let options = ListOptions(labels: labels ?? .nothing)
        // Nothing is deleted, nor forgotten by the parent, unless all members are known.
        var found: [FoundObject] = []
        for info in currentKinds.sorted(by: { ($0.group, $0.name) < ($1.group, $1.name) }) {
            let places: [String?] =
                info.isNamespaced ? currentNamespaces.sorted().map { $0 } : [nil]
            for place in places { found += try members(info, in: place, options) }
        }
        for object in found where !visited.contains(object.value[.metadata].text(.uid)) {
            try delete(object, dryRun)
            try printer.confirm(object, "pruned", dryRun: dryRun)
        }
        do throws(VerbError) {
            try updateParent(newKinds, newNamespaces, dryRun)
        } catch {
            throw .message(
                "apply and prune succeeded, but ApplySet update failed: \(error.plainText)")
        }
    }

    private func members(
        _ info: KindDescriptor, in namespace: String?, _ options: ListOptions
    ) throws(VerbError) -> [FoundObject] {
        do throws(APIError) {
            return try call.context.client.list(info.kind, namespace: namespace, options: options)
                .items.map { FoundObject(info: info, value: $0) }
        } catch {
            throw .message(
                "listing \(info.group)/\(info.version), Kind=\(info.name) objects for pruning: "
                    + error.message)
        }
    }

    private func delete(_ object: FoundObject, _ dryRun: DryRun) throws(VerbError) {
        if dryRun == .client { return }
        let grace = call.flags.int("grace-period")
        var options = DeleteOptions(
            gracePeriodSeconds: grace >= 0 ? grace : nil, propagation: call.propagation)
        options.isDryRun = dryRun == .server
        do throws(APIError) {
            _ = try call.context.client.delete(
                object.info.kind, namespace: object.namespace, name: object.name,
                options: options)
        } catch {
            let info = object.info
            let kind = info.group.isEmpty ? info.name : "\(info.name).\(info.group)"
            let place = object.namespace.isEmpty ? "" : "\(object.namespace)/"
            throw .message("pruning \(kind) \(place)\(object.name): \(error.message)")
        }
    }
}
