import Model
import Support
import Value

/// Gives containers the default requests and limits of the namespace's LimitRanges, and refuses what
/// is outside their bounds. Source: the LimitRanger plugin.
struct LimitRanger: AdmissionPlugin {
    var kinds: [Kind] { [.pod, .persistentVolumeClaim] }
    var reads: [Kind] { [.limitRange] }

    private func limits(_ request: AdmissionRequest, _ type: String) -> [Value] {
        guard request.operation == .create,
            request.server.store.state.count(.limitRange) > 0
        else { return [] }
        return request.server.objects(.limitRange, inNamespace: request.key.namespace)
            .flatMap { $0.value[.spec][.limits].elements }.filter { $0.text(.type) == type }
    }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.kind == .pod else { return }
        var notes: [String] = []
        for limit in limits(request, "Container") {
            for list in [Key.initContainers, .containers] {
                for index in request.object[.spec][list].elements.indices {
                    let set = fill(&request.object[.spec][list][index], limit)
                    let name = request.object[.spec][list][index].text(.name)
                    let part = list == .containers ? "container" : "init container"
                    notes += set.map { "\($0) for \(part) \(name)" }
                }
            }
        }
        guard !notes.isEmpty else { return }
        request.object[.metadata][.annotations]["kubernetes.io/limit-ranger"] = Value(
            "LimitRanger plugin set: " + notes.joined(separator: "; "))
    }

    /// Fills in what a container leaves out; answers `cpu, memory request` and the like.
    private func fill(_ container: inout Value, _ limit: Value) -> [String] {
        var notes: [String] = []
        let parts: [(Key, Key, String)] = [
            (.requests, "defaultRequest", "request"), (.limits, .default, "limit"),
        ]
        for (part, source, word) in parts {
            var names: [String] = []
            for field in limit[source].fields.sortedByName
            where container[.resources][part][field.key].isNull {
                container[.resources][part][field.key] = field.value
                names.append(field.key.name)
            }
            if !names.isEmpty { notes.append("\(names.joined(separator: ", ")) \(word)") }
        }
        return notes
    }

    func validate(_ request: AdmissionRequest) throws(APIError) {
        var problems: [String] = []
        if request.kind == .persistentVolumeClaim {
            let requests = request.object[.spec][.resources][.requests]
            for limit in limits(request, "PersistentVolumeClaim") {
                problems += check(limit, "PersistentVolumeClaim", requests, .null)
            }
        } else {
            let spec = PodSpecView(request.object[.spec])
            for limit in limits(request, "Container") {
                for container in spec.containers + spec.initContainers {
                    let resources = container.value[.resources]
                    problems += check(
                        limit, "Container", resources[.requests], resources[.limits])
                }
            }
            for limit in limits(request, "Pod") {
                problems += check(limit, "Pod", spec.requests.value, spec.limits.value)
            }
        }
        guard !problems.isEmpty else { return }
        let text = problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]"
        throw .forbidden(request.info, request.key.name, text)
    }

    private func check(
        _ limit: Value, _ type: String, _ requests: Value, _ limits: Value
    ) -> [String] {
        var problems: [String] = []
        for field in limit[.min].fields.sortedByName {
            let (name, bound) = (field.key.name, Quantity(field.value) ?? .zero)
            if let value = Quantity(requests[field.key]) {
                if value < bound {
                    problems.append(
                        "minimum \(name) usage per \(type) is \(bound.text), but request is "
                            + "\(value.text)")
                }
            } else {
                problems.append(
                    "minimum \(name) usage per \(type) is \(bound.text).  No request is specified")
            }
        }
        for field in limit[.max].fields.sortedByName {
            let (name, bound) = (field.key.name, Quantity(field.value) ?? .zero)
            let isClaim = type == "PersistentVolumeClaim"
            if let value = Quantity((isClaim ? requests : limits)[field.key]) {
                if value > bound {
                    problems.append(
                        "maximum \(name) usage per \(type) is \(bound.text), but "
                            + "\(isClaim ? "request" : "limit") is \(value.text)")
                }
            } else {
                problems.append(
                    "maximum \(name) usage per \(type) is \(bound.text).  No limit is specified")
            }
        }
        return problems
    }
}
