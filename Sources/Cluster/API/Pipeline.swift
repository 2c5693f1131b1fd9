import API
import Model
import Support
import Value

/// The stages of a request that follow the field facts.
extension APIServer {
    /// Decodes what a client sent. Answers the object in canonical form and the warnings.
    ///
    /// Throws BadRequest for a value of the wrong type, and for unknown or repeated fields under
    /// strict validation.
    func decode(
        _ object: Value, _ info: KindDescriptor, _ options: WriteOptions
    ) throws(APIError) -> (Value, [String]) {
        switch read(object, info, options) {
        case .success(let decoded): return decoded
        case .failure(let problem):
            throw .badRequest(DecodeError.unreadable(info, problem.words))
        }
    }

    /// Why an object is refused by the decoder.
    private struct Unreadable: Error {
        /// In the words of decoding JSON.
        let words: String
        /// In the words of converting the result of a strategic patch.
        let conversionWords: String
    }

    private func read(
        _ object: Value, _ info: KindDescriptor, _ options: WriteOptions
    ) -> Result<(Value, [String]), Unreadable> {
        do throws(DecodeError) {
            let decoded = try Decoder.decode(
                object, kind: info, duplicates: options.duplicateFields)
            if options.fieldValidation == .strict, let problem = decoded.strictError {
                return .failure(Unreadable(words: problem, conversionWords: problem))
            }
            let isWarning = options.fieldValidation == .warn
            return .success((decoded.value, isWarning ? decoded.strictProblems : []))
        } catch {
            return .failure(
                Unreadable(words: error.message, conversionWords: error.conversionMessage))
        }
    }

    /// Decodes an object that `patch` was applied to. What is wrong with it counts as the patch's
    /// fault: a strategic patch is shown as Go prints its map, of the others the patched JSON.
    ///
    /// Source: apiserver, handlers/patch.go (applyPatchToCurrentObject).
    func decodePatched(
        _ object: Value, by patch: Patch, _ info: KindDescriptor, _ options: WriteOptions
    ) throws(APIError) -> (Value, [String]) {
        switch read(object, info, options) {
        case .success(let decoded): return decoded
        case .failure(let problem):
            let error =
                if case .strategic(let patch) = patch {
                    InvalidObject.patch(patch, problem.conversionWords)
                } else {
                    InvalidObject.patch(Value(JSON.text(object, style: .go)), problem.words)
                }
            throw .invalid(nil, "", error.errors)
        }
    }

    /// Fills in the defaults of the kind.
    func setDefaults(_ object: inout Value, _ info: KindDescriptor) {
        Defaults.apply(&object, kind: asked(info))
    }

    /// The version whose schema holds for the request at work. Source: apiextensions-apiserver has a
    /// strategy for each served version.
    private func asked(_ info: KindDescriptor) -> KindDescriptor {
        guard let requestVersion, requestVersion.storedKind == info.kind else { return info }
        return requestVersion
    }

    /// Checks a new object.
    func validateNew(_ object: Value, _ info: KindDescriptor) throws(APIError) {
        let rules = strategy(info.kind).rules
        var errors = Validation.create(
            object, kind: asked(info), problem: rules.expressions?(object))
        errors += rules.check?(object, nil) ?? []
        if !errors.isEmpty { throw .invalid(info, object[.metadata].text(.name), errors) }
    }

    /// Checks a new version of `current`.
    func validateChange(
        _ object: Value, over current: StoredObject, _ info: KindDescriptor
    ) throws(APIError) {
        let rules = strategy(info.kind).rules
        var errors = Validation.update(
            object, from: current.value, kind: asked(info), problem: rules.expressions?(object))
        errors += rules.check?(object, current.value) ?? []
        if !errors.isEmpty { throw .invalid(info, current.name, errors) }
    }

    /// Merges a strategic patch by the merge keys of the kind.
    func strategicMerge(
        _ patch: Value, into object: Value, _ info: KindDescriptor
    ) throws(APIError) -> Value {
        guard info.kind.isBuiltIn else {
            throw APIError(
                .unsupportedMediaType,
                "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json-patch+json, application/merge-patch+json, "
                    + "application/apply-patch+yaml")
        }
        do throws(StrategicMergeError) {
            return try StrategicMergePatch.apply(
                patch, to: object, type: FieldFacts.root(of: info.kind))
        } catch {
            throw APIError(error.isBadRequest ? .badRequest : .unstated, error.message)
        }
    }

    /// Defaults, admits and validates a new version of `current`.
    ///
    /// - Parameters:
    ///   - part: `scale`, `resize`; empty where the object itself is written.
    ///   - validate: what the new version is held to; nil: the rules for changes of the whole.
    func prepareForUpdate(
        _ value: Value, over current: StoredObject, _ info: KindDescriptor, isDryRun: Bool,
        part: String = "",
        validate: ((Value) -> [FieldError])? = nil
    ) throws(APIError) -> Value {
        var object = value
        setDefaults(&object, info)
        let strategy = strategy(info.kind)
        if let place = info.podTemplate {
            PodFieldGates.drop(from: &object, old: current.value, at: place.path)
        }
        strategy.rules.applyGates?(&object, current.value, featureGates)
        noteOwners(of: object, over: current)
        try strategy.rules.completeChanged?(&object, self, info, current)
        var request = AdmissionRequest(
            operation: .update, info: info, key: current.key, object: object, old: current,
            isDryRun: isDryRun, subresource: part, server: self)
        try admission.admit(&request)
        if let validate {
            let errors = validate(request.object)
            if !errors.isEmpty { throw .invalid(info, current.name, errors) }
        } else {
            try validateChange(request.object, over: current, info)
        }
        if warnings != nil, validate == nil {
            warn(Warnings.update(request.object, from: current.value, kind: info))
        }
        strategy.rules.canonicalize?(&request.object)
        try admission.validate(request)
        return request.object
    }
}
