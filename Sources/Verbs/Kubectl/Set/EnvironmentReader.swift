import Model
import Printers
import Support
import Value

/// Tells where an environment variable gets its value from, and that value.
/// Source: kubectl's cmd/set/env/env_resolve.go.
struct EnvironmentReader {
    private let call: VerbCall
    private let object: FoundObject

    /// - Parameter object: the workload whose containers have the variables.
    init(_ call: VerbCall, _ object: FoundObject) {
        self.call = call
        self.object = object
    }

    /// `configmap settings, key level`.
    static func text(_ source: Value) -> String {
        if let reference = source[.configMapKeyRef].nonNull {
            return "configmap \(reference.text(.name)), key \(reference.text(.key))"
        }
        if let reference = source[.secretKeyRef].nonNull {
            return "secret \(reference.text(.name)), key \(reference.text(.key))"
        }
        if let reference = source[.fieldRef].nonNull {
            return "field path \(reference.text(.fieldPath))"
        }
        if let reference = source[.resourceFieldRef].nonNull {
            let container = reference.text(.containerName)
            return "resource field \(container.isEmpty ? "" : container + "/")"
                + reference.text(.resource)
        }
        return "invalid valueFrom"
    }

    /// The value of a variable of `container`.
    func value(_ source: Value, _ container: Value) throws(VerbError) -> String {
        if let reference = source[.secretKeyRef].nonNull {
            let text = try entry(reference, in: .secret, "secret")
            guard let bytes = Base64.decode(text) else {
                throw .message("key \(reference.text(.key)) is not base64")
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        if let reference = source[.configMapKeyRef].nonNull {
            return try entry(reference, in: .configMap, "config map")
        }
        if let reference = source[.fieldRef].nonNull {
            return try field(reference.text(.fieldPath))
        }
        if let reference = source[.resourceFieldRef].nonNull {
            return resourceFieldAmount(reference, container)
        }
        throw .message("invalid valueFrom")
    }

    private func entry(
        _ reference: Value, in kind: Kind, _ what: String
    ) throws(VerbError) -> String {
        let (name, key) = (reference.text(.name), reference.text(.key))
        let found: Value
        do throws(APIError) {
            found = try call.context.client.get(kind, namespace: call.namespace, name: name)
        } catch {
            throw .api(error, call.context.kinds[kind])
        }
        guard let text = found["data"][key].string else {
            throw .message("key \(key) not found in \(what) \(name)")
        }
        return text
    }

    /// `metadata.name`, `metadata.labels['app']` and their like, of the workload itself.
    private func field(_ path: String) throws(VerbError) -> String {
        let metadata = object.value[.metadata]
        if path.hasSuffix("']"), let bracket = path.firstRange(of: "['") {
            let key = String(path[bracket.upperBound...].dropLast(2))
            switch path[..<bracket.lowerBound] {
            case "metadata.annotations": return metadata[.annotations].text(Key(key))
            case "metadata.labels": return metadata[.labels].text(Key(key))
            default: throw .message("fieldPath \"\(path)\" does not support subscript")
            }
        }
        switch path {
        case "metadata.annotations": return Self.lines(metadata[.annotations])
        case "metadata.labels": return Self.lines(metadata[.labels])
        case "metadata.name": return metadata.text(.name)
        case "metadata.namespace": return metadata.text(.namespace)
        case "metadata.uid": return metadata.text(.uid)
        default: throw .message("unsupported fieldPath: \(path)")
        }
    }

    private static func lines(_ map: Value) -> String {
        map.fields.sortedByName.map { "\($0.key.name)=\"\($0.value.string ?? "")\"" }
            .joined(separator: "\n")
    }
}

extension Value {
    fileprivate var nonNull: Value? { isNull ? .none : self }
}
