import Model
import Support
import Value
import YAML

/// One entry of `patches`, `patchesJson6902` or `patchesStrategicMerge`.
struct KustomizePatch {
    private enum Content {
        case merges([Value])
        case json(JSONPatch)
    }

    private let content: Content
    private let target: ResourceSelector?
    private let allowsNameChange: Bool
    private let allowsKindChange: Bool
    /// How messages name it.
    private let source: String
    private let types: MergeTypes
    /// Whether it stands in `patchesStrategicMerge`, which tells less of what is wrong.
    var isOld = false

    /// - Parameters:
    ///   - entry: `target` and `options`, if there are any.
    ///   - text: the patch itself.
    ///   - isJSON: whether it can only be a JSON patch.
    init(
        _ entry: Value, text: String, source: String, isJSON: Bool = false, _ types: MergeTypes
    ) throws(VerbError) {
        self.source = source
        self.types = types
        target = entry["target"].isNull ? nil : try ResourceSelector(entry["target"])
        allowsNameChange = entry["options"].flag("allowNameChange")
        allowsKindChange = entry["options"].flag("allowKindChange")
        if isJSON, entry["target"].text("name").isEmpty {
            throw .message("must specify the target name")
        }
        let stream = YAML.read(text, dialect: .kustomize)
        let values = stream.documents.map(\.value).filter { !$0.isNull }
        if stream.error == nil, values.count == 1, case .array(let operations) = values[0],
            let patch = try? JSONPatch(values[0])
        {
            if operations.isEmpty { throw .message("patch appears to be empty; \(source)") }
            content = .json(patch)
            return
        }
        let isMerge = values.allSatisfy { value in
            !value.text(.kind).isEmpty
                && (!value[.metadata].text(.name).isEmpty || value.text(.kind).hasSuffix("List"))
        }
        guard stream.error == nil, isMerge, !values.isEmpty, !isJSON else {
            throw .message("unable to parse SM or JSON patch from \(source)")
        }
        content = .merges(values)
    }

    func apply(to list: ResourceList) throws(VerbError) {
        switch content {
        case .json(let patch):
            guard let target else {
                throw .message("must specify a target for JSON patch \(source)")
            }
            for resource in list.resources where target.selects(resource) {
                resource.rememberID()
                try apply(patch, to: resource)
            }
        case .merges(let patches):
            guard let target else {
                for patch in patches {
                    let id = KustomizeResource(patch).currentID
                    do throws(VerbError) {
                        try merge(patch, into: try list.find(id))
                    } catch {
                        if isOld { throw error }
                        throw .message(
                            "no resource matches strategic merge patch \"\(id.text)\": \(error.cause)"
                        )
                    }
                }
                return list.dropGone()
            }
            guard patches.count == 1 else {
                throw .message(
                    "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set "
                        + "`patches.target` field: \(source)")
            }
            for resource in list.resources where target.selects(resource) {
                var patch = patches[0]
                patch[.apiVersion] = resource.value[.apiVersion]
                try merge(patch, into: resource)
            }
        }
        list.dropGone()
    }

    /// One operation after another. Kustomize adds where there is nothing to replace.
    private func apply(
        _ patch: JSONPatch, to resource: KustomizeResource
    ) throws(VerbError) {
        for operation in patch.operations {
            let operation = try adapted(operation, to: resource.value)
            do throws(JSONPatchError) {
                resource.value = try JSONPatch([operation]).apply(to: resource.value)
            } catch {
                throw .message(error.message)
            }
        }
    }

    /// An operation as Kustomize's older library takes it.
    private func adapted(
        _ operation: JSONPatch.Operation, to value: Value
    ) throws(VerbError) -> JSONPatch.Operation {
        guard operation.kind == "replace", let path = operation.path,
            let tokens = JSONPointer(parsing: path)?.tokens, let field = tokens.last
        else { return operation }
        guard let parent = KustomizePath.find(tokens.dropLast(), in: value) else {
            throw .message(
                "replace operation does not apply: doc is missing path: \(path): missing value")
        }
        var result = operation
        if case .object(let object) = parent, !object.contains(Key(field)) { result.kind = "add" }
        return result
    }

    private func merge(_ patch: Value, into resource: KustomizeResource) throws(VerbError) {
        let before = resource.value
        if allowsNameChange || allowsKindChange { resource.rememberID() }
        guard var after = try KustomizeMerge.merge(patch, into: before, types.type(of: before))
        else {
            return resource.value = .null
        }
        if !allowsKindChange { after[.kind] = before[.kind] }
        if !allowsNameChange { after[.metadata][.name] = before[.metadata][.name] }
        after[.metadata][.namespace] = before[.metadata][.namespace]
        resource.value = after
        resource.dropEmptyFields()
    }
}
