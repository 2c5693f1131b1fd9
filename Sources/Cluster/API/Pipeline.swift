import Model
import Support
import Value

extension APIServer {
    /// Decodes what a client sent by the field facts.
    func decode(
        _ object: Value, _ info: KindInfo, _ options: WriteOptions
    ) throws(APIError) -> (Value, [String]) {
        guard case .object = object else {
            throw .badRequest("the object provided is unrecognized")
        }
        return (object, [])
    }

    /// Fills in the defaults of the kind.
    func setDefaults(_ object: inout Value, _ info: KindInfo) {}

    /// Checks a new object.
    func validateNew(_ object: Value, _ info: KindInfo) throws(APIError) {}

    /// Checks a new version of `current`.
    func validateChange(
        _ object: Value, over current: StoredObject, _ info: KindInfo
    ) throws(APIError) {}

    /// Merges a strategic patch by the merge keys of the kind.
    func strategicMerge(
        _ patch: Value, into object: Value, _ info: KindInfo
    ) throws(APIError) -> Value {
        MergePatch.apply(patch, to: object)
    }

    /// Defaults, admits and validates a new version of `current`.
    func prepareForUpdate(
        _ value: Value, over current: StoredObject, _ info: KindInfo
    ) throws(APIError) -> Value {
        var request = AdmissionRequest(
            operation: .update, info: info, key: current.key, object: value, old: current,
            server: self)
        try admission.admit(&request)
        try validateChange(request.object, over: current, info)
        try admission.validate(request)
        return request.object
    }
}
