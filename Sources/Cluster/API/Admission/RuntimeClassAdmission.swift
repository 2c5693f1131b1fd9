import Model
import Support
import Value

/// Gives a pod what its RuntimeClass says of overhead and nodes. Source: the RuntimeClass plugin.
struct RuntimeClassAdmission: AdmissionPlugin {
    var kinds: [Kind] { [.pod] }
    var reads: [Kind] { [.runtimeClass] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.operation == .create, let found = try runtimeClass(request) else { return }
        try setOverhead(found, &request)
        try setScheduling(found.value["scheduling"], &request)
    }

    func validate(_ request: AdmissionRequest) throws(APIError) {
        guard request.operation == .create else { return }
        let overhead = request.object[.spec][.overhead]
        let own = try runtimeClass(request)?.value[.overhead] ?? .null
        if own.isNull {
            guard !overhead.isNull else { return }
            throw refusal(
                request, "Pod Overhead set without corresponding RuntimeClass defined Overhead")
        }
        guard isEqual(overhead, own["podFixed"]) else { throw mismatch(request) }
    }

    private func runtimeClass(_ request: AdmissionRequest) throws(APIError) -> StoredObject? {
        guard let name = request.object[.spec][.runtimeClassName].string else { return nil }
        guard let found = request.server.find(.runtimeClass, name: name) else {
            throw refusal(request, "RuntimeClass \"\(name)\" not found")
        }
        return found
    }

    private func setOverhead(
        _ runtimeClass: StoredObject, _ request: inout AdmissionRequest
    ) throws(APIError) {
        let overhead = runtimeClass.value[.overhead]
        guard !overhead.isNull else { return }
        let given = request.object[.spec][.overhead]
        if !given.fields.isEmpty, !isEqual(given, overhead["podFixed"]) { throw mismatch(request) }
        request.object[.spec][.overhead] = overhead["podFixed"]
    }

    private func setScheduling(
        _ scheduling: Value, _ request: inout AdmissionRequest
    ) throws(APIError) {
        for label in scheduling[.nodeSelector].fields.sortedByName {
            let given = request.object[.spec][.nodeSelector][label.key]
            if !given.isNull, given != label.value {
                throw .forbidden(
                    request.info, request.nameBeforeStorage,
                    "conflict: runtimeClass.scheduling.nodeSelector[\(label.key.name)] = "
                        + "\(label.value.string ?? ""); pod.spec.nodeSelector[\(label.key.name)] = "
                        + (given.string ?? ""))
            }
            request.object[.spec][.nodeSelector][label.key] = label.value
        }
        for toleration in scheduling.list(.tolerations)
        where !request.object[.spec].list(.tolerations).contains(toleration) {
            request.object[.spec][.tolerations].append(toleration)
        }
    }

    private func isEqual(_ left: Value, _ right: Value) -> Bool {
        let (left, right) = (ResourceList(left.fields), ResourceList(right.fields))
        return left.entries.count == right.entries.count
            && left.entries.allSatisfy { right.contains($0.name) && right[$0.name] == $0.amount }
    }

    private func mismatch(_ request: AdmissionRequest) -> APIError {
        refusal(request, "Pod's Overhead doesn't match RuntimeClass's defined Overhead")
    }

    private func refusal(_ request: AdmissionRequest, _ words: String) -> APIError {
        .forbidden(request.info, request.nameBeforeStorage, "pod rejected: \(words)")
    }
}
