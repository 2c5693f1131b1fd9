import API
import Model
import Support
import Value

/// The language in which a verb says what is to change.
enum PatchLanguage {
    /// Strategic merge where the kind's fields are known: `set`, `taint`, `rollout`.
    case strategic
    /// JSON merge: `label`, `annotate`.
    case merge
}

extension VerbCall {
    /// Sends the difference between `object` and what `change` makes of it as a patch, as kubectl's
    /// editing verbs do. Answers the new object; nil when there is nothing to change.
    func patch(
        _ object: FoundObject, in language: PatchLanguage = .strategic,
        _ change: (inout Value) throws(VerbError) -> Void
    ) throws(VerbError) -> FoundObject? {
        var modified = object.value
        try change(&modified)
        modified = ChangeCause.record(modified, self)
        guard modified != object.value else { return nil }
        var result = object
        if try dryRun() == .client || flags.bool("local") {
            result.value = modified
            // kubectl holds such objects in Go's types, which print their empty parts; `label` and
            // `annotate` hold them as they are.
            if language == .merge { return result }
            GoZeroFields.fill(&result.value, kind: object.info)
            return result
        }
        let type = FieldFacts.root(of: object.info.kind)
        let patch: Patch =
            language == .merge || type == nil
            ? .merge(MergePatch.diff(from: object.value, to: modified))
            : .strategic(
                StrategicMergePatch.diff(from: object.value, to: modified, type: type))
        result.value = try send(patch, to: object).object
        return result
    }

    /// Sends a patch as it is.
    func send(
        _ patch: Patch, to object: FoundObject, subresource: Subresource = .none
    ) throws(VerbError) -> WriteResult {
        let options = try writeOptions()
        do throws(APIError) {
            let result = try context.client.patch(
                object.info.kind, namespace: object.namespace, name: object.name, patch,
                subresource: subresource, options: options)
            warn(result.warnings)
            return result
        } catch {
            throw .api(error, object.info)
        }
    }

    /// The part of an object that `--subresource` names. A scale is changed with its object.
    func subresource(of info: KindDescriptor) throws(VerbError) -> Subresource {
        let word = flags.string("subresource")
        if word == "scale" { return .none }
        guard let part = Subresource(word: word),
            part == .none || part == .status || info.kind == .pod
        else {
            throw .api(
                APIError(.notFound, "the server could not find the requested resource"), info)
        }
        return part
    }

    /// Prints that a version is deprecated, as the server does at each request for it.
    func warnOfVersion(_ info: KindDescriptor) {
        if let warning = info.deprecationWarning, context.kinds.serves(info.kind) {
            warn([warning])
        }
    }

    /// Prints what the API warned of, each warning once a command, as kubectl's writer does.
    func warn(_ warnings: [String]) {
        for warning in warnings where context.isNew(warning: warning) {
            context.output.error("Warning: \(warning)\n")
        }
    }
}
