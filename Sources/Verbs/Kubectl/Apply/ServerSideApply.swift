import API
import Model
import Support
import Value

/// `apply --server-side`: sends the manifest to be merged by who owns what, and moves what client-side
/// apply owned to the manager that applies.
///
/// Source of rules and texts: kubectl's apply (applyOneObject and what follows it).
struct ServerSideApply {
    private static let manager = "kubectl"
    private static let annotationManager = "kubectl-last-applied"
    private static let attempts = 5

    let call: VerbCall
    let options: WriteOptions

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        var options = try call.writeOptions()
        options.forcesConflicts = call.flags.bool("force-conflicts")
        self.options = options
    }

    /// Applies one manifest; answers the object.
    func apply(_ manifest: FoundObject) throws(VerbError) -> Value {
        call.warnOfVersion(manifest.info)
        var object: Value
        do throws(APIError) {
            object = try send(manifest.value, manifest, options)
        } catch {
            guard error.reason == .conflict else { throw .api(error, manifest.info) }
            throw .message(error.message + "\n" + Self.advice)
        }
        do throws(APIError) {
            try keepAnnotation(of: &object, manifest)
        } catch {
            warn(
                "failed to migrate \(LastApplied.annotation) for Server-Side Apply", error.message)
            return object
        }
        do throws(APIError) {
            guard try migrate(&object, manifest) else { return object }
        } catch {
            warn("server rejected managed fields migration to Server-Side Apply", error.message)
            return object
        }
        do throws(APIError) {
            // What client-side apply owned, and the manifest does not have, goes only now.
            object = try send(manifest.value, manifest, options)
        } catch {
            warn(
                "failed to re-apply configuration after performing Server-Side Apply migration",
                error.message)
        }
        return object
    }

    private func send(
        _ config: Value, _ manifest: FoundObject, _ options: WriteOptions
    ) throws(APIError) -> Value {
        let result = try call.context.client.patch(
            manifest.info.kind, namespace: manifest.namespace, name: manifest.name,
            .apply(config), subresource: subresource, options: options)
        call.warn(result.warnings)
        return result.object
    }

    private var subresource: Subresource {
        Subresource(word: call.flags.string("subresource")) ?? .none
    }

    private func warn(_ doing: String, _ message: String) {
        call.context.output.error(
            "Warning: \(doing). This is non-fatal and will be retried next time you apply. Error: "
                + "\(message)\n")
    }

    /// Has the annotation of client-side apply owned by a manager of its own, so that it stays when what
    /// owns it now is moved. Source: saveLastApplyAnnotationIfNecessary.
    private func keepAnnotation(
        of object: inout Value, _ manifest: FoundObject
    ) throws(APIError) {
        let text = object[.metadata][.annotations][LastApplied.annotation]
        guard options.fieldManager == Self.manager, !text.isNull,
            ManagedFieldsUpgrade.ownersOfAnnotation(object, "Apply").isEmpty
        else { return }
        var metadata: Value = [
            .name: Value(manifest.name), .annotations: [Key(LastApplied.annotation): text],
        ]
        if !manifest.namespace.isEmpty { metadata[.namespace] = Value(manifest.namespace) }
        var options = options
        options.fieldManager = Self.annotationManager
        options.forcesConflicts = false
        object = try send(
            [
                .apiVersion: Value(manifest.info.apiVersion), .kind: Value(manifest.info.name),
                .metadata: metadata,
            ], manifest, options)
    }

    /// Moves what client-side apply owned to the manager that applies; whether there was any. Source:
    /// migrateToSSAIfNecessary.
    private func migrate(
        _ object: inout Value, _ manifest: FoundObject
    ) throws(APIError) -> Bool {
        let names = Set(
            ManagedFieldsUpgrade.ownersOfAnnotation(object, "Update").map { $0.text("manager") }
        ).sorted()
        var conflict: APIError?
        for _ in 0..<Self.attempts {
            let entries = object[.metadata][.managedFields].elements
            var upgraded = entries
            for name in names {
                upgraded = ManagedFieldsUpgrade.upgraded(
                    upgraded, from: name, to: options.fieldManager)
            }
            if upgraded == entries { return false }
            let patch = JSONPatch([
                JSONPatch.Operation(
                    "replace", path: "/metadata/managedFields", value: .array(upgraded)),
                JSONPatch.Operation(
                    "replace", path: "/metadata/resourceVersion",
                    value: object[.metadata][.resourceVersion]),
            ])
            do throws(APIError) {
                let client = call.context.client
                object = try client.patch(
                    manifest.info.kind, namespace: manifest.namespace, name: manifest.name,
                    .json(patch), subresource: subresource, options: options
                ).object
                return true
            } catch {
                guard error.reason == .conflict else { throw error }
                conflict = error
                object = try call.context.client.get(
                    manifest.info.kind, namespace: manifest.namespace, name: manifest.name)
            }
        }
        if let conflict { throw conflict }
        return false
    }

    private static let advice = """
        Please review the fields above--they currently have other managers. Here
        are the ways you can resolve this warning:
        * If you intend to manage all of these fields, please re-run the apply
          command with the `--force-conflicts` flag.
        * If you do not intend to manage all of the fields, please edit your
          manifest to remove references to the fields that should keep their
          current managers.
        * You may co-own fields by updating your manifest to match the existing
          value; in this case, you'll become the manager if the other manager(s)
          stop managing the field (remove it from their configuration).
        See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
        """
}
