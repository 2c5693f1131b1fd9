import API
import Model
import Support
import Value

/// Server-side apply: what a manager wants of an object is merged into it, unless others own what that
/// would change.
///
/// Source: apiserver, handlers/patch.go (applyPatcher), with apimachinery's managedfields.
extension APIServer {
    private static let annotation: Key = "kubectl.kubernetes.io/last-applied-configuration"
    /// What all annotations of an object may be together.
    private static let annotationLimit = 256 * 1024

    /// Who applies what to which object.
    private struct Application {
        let config: Value
        let live: Value
        let owners: [FieldOwner]
        let name: String
        let writer: FieldOwnership.Writer
    }

    /// Applies `config` to the object of that name, which is made where there is none.
    func apply(
        _ kind: Kind, namespace: String, name: String, _ config: Value,
        subresource: Subresource, options: WriteOptions
    ) throws(APIError) -> WriteResult {
        let info = kinds[kind]
        let stored = try stored(kind, "patch", name)
        let key = ObjectKey(namespace: info.isNamespaced ? namespace : "", name: name)
        let current = find(stored, key)
        if current == nil, subresource != .none { throw .notFound(info, name) }
        let application = try application(
            config, over: current, info, key, OwnedPart(subresource), options)
        let (value, owners) = try merged(application, info, isForced: options.forcesConflicts)
        var (decoded, warnings) = try decode(value, info, options)
        dropDuplicateOwners(&decoded, &warnings)
        ownership.pending = .init(kind: stored, key: key, owners: ownership.list(of: owners))
        return try listening(warnings, info) { () throws(APIError) in
            if let current {
                return try write(decoded, over: current, info, subresource, options, .patch)
            }
            return served(
                try create(stored, storedForm(decoded, of: info), in: namespace, options: options),
                as: kind)
        }
    }

    private func application(
        _ config: Value, over current: StoredObject?, _ info: KindDescriptor, _ key: ObjectKey,
        _ part: OwnedPart, _ options: WriteOptions
    ) throws(APIError) -> Application {
        let type = (config.text(.apiVersion), config.text(.kind))
        guard type == (info.apiVersion, info.name) else {
            throw .badRequest("invalid object type: \(type.0), Kind=\(type.1)")
        }
        guard config[.metadata][.managedFields].isNull else {
            throw .badRequest("metadata.managedFields must be nil")
        }
        let name = options.fieldManager.isEmpty ? "kubectl" : options.fieldManager
        let writer = ownership.writer(named: name, self, info.kind, part, .apply)
        let form = writer.update.version.form
        let problems = AppliedObject.problems(of: config, form)
        guard problems.isEmpty else {
            let text =
                problems.count == 1
                ? problems[0] : "errors:\n" + problems.map { "  \($0)" }.joined(separator: "\n")
            throw APIError(
                .unstated,
                "failed to create typed patch object (\(key.namespace)/\(key.name); "
                    + "\(info.group)/\(info.version), Kind=\(info.name)): \(text)")
        }
        var live = info.kind.isBuiltIn ? Value.emptyObject : Self.typeAlone(config)
        var owners: [FieldOwner] = []
        if let current {
            live = shown(current.value, as: info.kind)
            owners =
                current.ownerList.isEmpty
                ? unknownOwners(of: live, info, part) : current.owners
        }
        return Application(
            config: config, live: live, owners: owners, name: name, writer: writer)
    }

    private static func typeAlone(_ object: Value) -> Value {
        [.apiVersion: object[.apiVersion], .kind: object[.kind]]
    }

    /// Whoever made an object of which no owners are known. Source: skipNonAppliedManager.
    private func unknownOwners(
        of live: Value, _ info: KindDescriptor, _ part: OwnedPart
    ) -> [FieldOwner] {
        let writer = ownership.writer(named: "before-first-apply", self, info.kind, part)
        let empty = info.kind.isBuiltIn ? Value.emptyObject : Self.typeAlone(live)
        return writer.update.update([], empty, live, by: writer.manager, at: ownershipTime) ?? []
    }

    /// The object as it is to be, and its owners.
    private func merged(
        _ application: Application, _ info: KindDescriptor, isForced: Bool
    ) throws(APIError) -> (value: Value, owners: [FieldOwner]) {
        var outcome = attempt(application, isForced: isForced)
        if case .conflicts(let conflicts) = outcome {
            let left = unallowed(conflicts, application, info)
            guard left.isEmpty else { throw Self.refusal(left) }
            outcome = attempt(application, isForced: true)
        }
        guard case .applied(let new, var owners) = outcome else { throw Self.refusal([]) }
        // Who changes nothing is not said to have written.
        if new != nil,
            let place = owners.firstIndex(where: { $0.manager == application.writer.manager })
        {
            owners[place].time = ownershipTime
        }
        return (recorded(new ?? application.live, application), owners)
    }

    private func attempt(
        _ application: Application, isForced: Bool
    ) -> OwnershipUpdate.Outcome {
        application.writer.update.apply(
            application.config, to: application.live, application.owners,
            by: application.writer.manager, in: ownership.table, isForced: isForced)
    }

    // MARK: Client-side apply

    /// The conflicts that stand for kubectl, which may take over what it applied on the client's side and
    /// nobody changed since. Source: lastAppliedManager.
    private func unallowed(
        _ conflicts: [FieldConflict], _ application: Application, _ info: KindDescriptor
    ) -> [FieldConflict] {
        let annotations = application.live[.metadata][.annotations]
        guard application.name == "kubectl", let text = annotations[Self.annotation].string,
            let last = try? JSON.parse(text), last.text(.apiVersion) == info.apiVersion
        else { return conflicts }
        let form = application.writer.update.version.form
        guard AppliedObject.problems(of: last, form).isEmpty else { return conflicts }
        let comparison = ObjectComparison(last, application.live, form)
        let allowed = AppliedObject.fields(of: last, form)
            .difference(comparison.changed).difference(comparison.removed)
        return conflicts.filter { !allowed.contains($0.path) }
    }

    /// The object with the annotation that client-side apply reads, where it has one: the server keeps it
    /// up to date for kubectl, and for no other manager. Source: lastAppliedUpdater.
    private func recorded(_ value: Value, _ application: Application) -> Value {
        let annotations = value[.metadata][.annotations]
        guard application.name == "kubectl", let text = annotations[Self.annotation].string,
            !text.isEmpty
        else { return value }
        var plain = application.config
        if !plain[.metadata][.annotations][Self.annotation].isNull {
            plain[.metadata][.annotations][Self.annotation] = .null
        }
        var result = value
        result[.metadata][.annotations][Self.annotation] = Value(
            JSON.text(plain, style: .go) + "\n")
        let size = result[.metadata][.annotations].fields.reduce(0) { sum, field in
            sum + field.key.name.utf8.count + (field.value.string ?? "").utf8.count
        }
        if size > Self.annotationLimit {
            result[.metadata][.annotations][Self.annotation] = .null
        }
        return result
    }

    // MARK: Conflicts

    /// Source: managedfields/internal/conflict.go.
    private static func refusal(_ conflicts: [FieldConflict]) -> APIError {
        func text(_ conflict: FieldConflict) -> String {
            conflict.path.map(\.description).joined()
        }
        let message: String
        if conflicts.count == 1 {
            message =
                "Apply failed with 1 conflict: conflict with \(conflicts[0].manager.description): "
                + text(conflicts[0])
        } else {
            var lines: [String] = []
            var managers: [FieldManager] = []
            for conflict in conflicts where !managers.contains(conflict.manager) {
                managers.append(conflict.manager)
            }
            for manager in managers.sorted(by: { $0.identifier < $1.identifier }) {
                lines.append("conflicts with \(manager.description):")
                lines += conflicts.filter { $0.manager == manager }.map { "- \(text($0))" }
            }
            message =
                "Apply failed with \(conflicts.count) conflicts: "
                + lines.joined(separator: "\n")
        }
        var error = APIError(.conflict, message)
        error.causes = conflicts.map {
            APIError.Detail(
                reason: "FieldManagerConflict", message: "conflict with \($0.manager.description)",
                field: text($0))
        }
        return error
    }
}
