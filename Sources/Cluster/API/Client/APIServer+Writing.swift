import API
import Model
import Support
import Value

extension APIServer {
    package func create(
        _ kind: Kind, namespace: String, _ object: Value, options: WriteOptions
    ) throws(APIError) -> WriteResult {
        let info = kinds[kind]
        let stored = try stored(kind, "post")
        var (decoded, warnings) = try decode(object, info, options)
        dropDuplicateOwners(&decoded, &warnings)
        let new = storedForm(decoded, of: info)
        defer { endRequest() }
        beginRequest(info, .none, options)
        return try listening(warnings, info) { () throws(APIError) in
            served(try create(stored, new, in: namespace, options: options), as: kind)
        }
    }

    private func beginRequest(
        _ info: KindDescriptor, _ part: Subresource, _ options: WriteOptions
    ) {
        ownership.pending = nil
        ownership.request = .init(
            manager: options.fieldManager, part: OwnedPart(part),
            version: info.conversion == nil ? nil : info.kind)
    }

    private func endRequest() {
        ownership.pending = nil
        ownership.request = .init()
    }

    package func replace(
        _ kind: Kind, namespace: String, name: String, _ object: Value, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        let info = kinds[kind]
        let current = try require(kind, "put", namespace: namespace, name: name)
        var (decoded, warnings) = try decode(object, info, options)
        dropDuplicateOwners(&decoded, &warnings)
        defer { endRequest() }
        beginRequest(info, subresource, options)
        return try listening(warnings, info) { () throws(APIError) in
            try write(decoded, over: current, info, subresource, options, .update)
        }
    }

    package func patch(
        _ kind: Kind, namespace: String, name: String, _ patch: Patch, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        let info = kinds[kind]
        if case .apply(let config) = patch {
            defer { endRequest() }
            beginRequest(info, subresource, options)
            return try apply(
                kind, namespace: namespace, name: name, config, subresource: subresource,
                options: options)
        }
        let current = try require(kind, "patch", namespace: namespace, name: name)
        var before = shown(current.apiValue, as: kind)
        if patch.concernsOwners { before = withOwners(before, of: current) }
        let patched = try apply(patch, to: before, info)
        var (decoded, warnings) = try decodePatched(patched, by: patch, info, options)
        dropDuplicateOwners(&decoded, &warnings)
        defer { endRequest() }
        beginRequest(info, subresource, options)
        return try listening(warnings, info) { () throws(APIError) in
            try write(decoded, over: current, info, subresource, options, .patch)
        }
    }

    /// Of equal owner references the first stays. Source: apiserver, handlers/rest.go
    /// (dedupOwnerReferencesAndAddWarning).
    func dropDuplicateOwners(_ object: inout Value, _ warnings: inout [String]) {
        let references = object[.metadata][.ownerReferences].elements
        guard references.count > 1 else { return }
        var (kept, duplicates): ([Value], [String]) = ([], [])
        for reference in references {
            if kept.contains(reference) {
                duplicates.append(reference.text(.uid))
            } else {
                kept.append(reference)
            }
        }
        guard !duplicates.isEmpty else { return }
        object[.metadata][.ownerReferences] = .array(kept)
        warnings.append(
            ".metadata.ownerReferences contains duplicate entries; API server dedups owner "
                + "references in 1.20+, and may reject such requests as early as 1.24; please fix "
                + "your requests; duplicate UID(s) observed: [\(duplicates.joined(separator: " "))]"
        )
    }

    /// Writes for a client, who is told what `warnings` and the stages of the request say.
    func listening(
        _ warnings: [String], _ info: KindDescriptor, _ write: () throws(APIError) -> Value
    ) throws(APIError) -> WriteResult {
        self.warnings = warnings
        requestVersion = info.conversion == nil || info.kind.isBuiltIn ? nil : info
        defer {
            self.warnings = nil
            requestVersion = nil
        }
        let object = try write()
        return WriteResult(object: object, warnings: self.warnings ?? [])
    }

    /// Tells the client who is asking now, if one is.
    func warn(_ warnings: [String]) { self.warnings?.append(contentsOf: warnings) }

    private func apply(
        _ patch: Patch, to object: Value, _ info: KindDescriptor
    ) throws(APIError) -> Value {
        switch patch {
        case .apply(let config): return config
        case .merge(let patch): return MergePatch.apply(patch, to: object)
        case .strategic(let patch): return try strategicMerge(patch, into: object, info)
        case .json(let patch):
            do throws(JSONPatchError) {
                return try patch.apply(to: object)
            } catch {
                var refusal = APIError(
                    .invalid, "the server rejected our request due to an error in our request")
                refusal.explanation = error.message
                throw refusal
            }
        }
    }

    /// Writes `value`, an object of the version `version`, over `current`.
    func write(
        _ value: Value, over current: StoredObject, _ version: KindDescriptor,
        _ subresource: Subresource,
        _ options: WriteOptions, _ verb: RequestVerb
    ) throws(APIError) -> Value {
        let info = kinds[current.kind]
        let value = storedForm(value, of: version)
        let metadata = value[.metadata]
        // Version 0 is none: the object is replaced whatever its version. Source: registry.Store, Update.
        if let version = metadata[.resourceVersion].string, !["", "0"].contains(version),
            version != String(current.resourceVersion)
        {
            throw .modified(info, current.name)
        }
        if let uid = metadata[.uid].string, uid != current.uid {
            throw .conflict(
                info, current.name,
                "Precondition failed: UID in precondition: \(uid), UID in object meta: "
                    + current.uid)
        }
        try checkName(metadata, current)
        var object = value
        object[.metadata][.resourceVersion] = .null
        takeOwners(from: &object, over: current, subresource)
        // A patch cannot make another kind of an object: the type is not part of what is stored.
        for key in [Key.apiVersion, .kind] { object[key] = current.value[key] }
        switch subresource {
        case .status: object = statusUpdate(object, over: current)
        case .approval: object = approvalUpdate(object, over: current)
        case .ephemeralContainers, .resize:
            guard current.kind == .pod else {
                throw APIError(.notFound, "the server could not find the requested resource")
            }
            object = try preparePart(subresource, of: object, over: current, info, options)
        case .none:
            if strategy(current.kind).hasStatus { object[.status] = current.value[.status] }
            object[.metadata] = completed(object[.metadata], over: current.value[.metadata])
            object = try prepareForUpdate(
                object, over: current, info, isDryRun: options.isDryRun)
        }
        if subresource == .status || subresource == .approval {
            noteOwners(of: object, over: current)
            try validateStatus(object, over: current, subresource, info)
            try checkChange(
                object, over: current.value, current.key, info,
                subresource: subresource == .status ? "status" : "approval",
                isDryRun: options.isDryRun)
        }
        if options.isDryRun {
            return served(preview(object, over: current), as: version.kind)
        }
        return served(try store(object, over: current, verb: verb), as: version.kind)
    }

    /// Source: apiserver's rest.BeforeUpdate and EnsureObjectNamespaceMatchesRequestNamespace.
    private func checkName(_ metadata: Value, _ current: StoredObject) throws(APIError) {
        if let name = metadata[.name].string, !name.isEmpty, name != current.name {
            throw .badRequest(
                "the name of the object (\(name)) does not match the name on the URL "
                    + "(\(current.name))")
        }
        let namespace = metadata.text(.namespace)
        if !namespace.isEmpty, !current.namespace.isEmpty, namespace != current.namespace {
            throw .badRequest(
                "the namespace of the provided object does not match the namespace sent on the "
                    + "request")
        }
    }

    /// Metadata with what a client may leave out, and may not decide, as it is in the store: a
    /// manifest replaces an object without knowing its UID.
    ///
    /// Source: apimachinery's ValidateObjectMetaAccessorUpdate and apiserver's rest.BeforeUpdate.
    private func completed(_ metadata: Value, over old: Value) -> Value {
        var result = metadata
        for key in [Key.name, .namespace, .uid] where result.text(key).isEmpty {
            if !old[key].isNull { result[key] = old[key] }
        }
        result[.creationTimestamp] = old[.creationTimestamp]
        result[.generation] = old[.generation]
        for key in [Key.deletionTimestamp, .deletionGracePeriodSeconds] where !old[key].isNull {
            result[key] = old[key]
        }
        return result
    }

    /// The status of `object` with all the rest of `current` but labels and annotations.
    private func statusUpdate(_ object: Value, over current: StoredObject) -> Value {
        var result = current.value
        result[.status] = object[.status]
        strategy(current.kind).rules.carryOverStatus?(
            &result[.status], current.value[.status], self)
        result[.metadata][.annotations] = object[.metadata][.annotations]
        return result
    }

    /// The conditions of `object` with all the rest of `current`.
    private func approvalUpdate(_ object: Value, over current: StoredObject) -> Value {
        var result = current.value
        result[.status][.conditions] = object[.status][.conditions]
        strategy(current.kind).rules.carryOverStatus?(
            &result[.status], current.value[.status], self)
        return result
    }

    /// Checks a new status of a kind that has rules for who may write what of it.
    private func validateStatus(
        _ object: Value, over current: StoredObject, _ subresource: Subresource,
        _ info: KindDescriptor
    ) throws(APIError) {
        let errors = Validation.status(
            object, from: current.value, isApproval: subresource == .approval, kind: info)
        if !errors.isEmpty { throw .invalid(info, current.name, errors) }
    }

    /// The owners that a request gives an object itself: those that are listed, none for an empty list or
    /// entry. Other parts of an object than the whole cannot do that.
    ///
    /// Source: managedfields/internal/fieldmanager.go (decodeLiveOrNew).
    private func takeOwners(
        from object: inout Value, over current: StoredObject, _ subresource: Subresource
    ) {
        let given = object[.metadata][.managedFields]
        guard !given.isNull else { return }
        object[.metadata][.managedFields] = .null
        guard subresource == .none else { return }
        let entries = given.elements
        if entries.isEmpty || entries == [.emptyObject] {
            ownership.request.given = .empty
        } else if let owners = ownership.table.decode(given), !owners.isEmpty {
            ownership.request.given = ownership.list(of: owners)
        }
    }

    private func preview(_ object: Value, over current: StoredObject) -> StoredObject {
        StoredObject(
            kind: current.kind, slot: current.slot, key: current.key,
            resourceVersion: current.resourceVersion, value: object,
            owners: ownership.pending?.owners ?? current.ownerList)
    }

    package func delete(
        _ kind: Kind, namespace: String, name: String, options: DeleteOptions
    ) throws(APIError) -> Value {
        let current = try require(kind, "delete", namespace: namespace, name: name)
        return served(try delete(current, options: options).object, as: kind)
    }
}
