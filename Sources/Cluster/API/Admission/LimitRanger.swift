import Model
import Support
import Value

/// Gives containers the default requests and limits of the namespace's LimitRanges, and refuses what
/// is outside their bounds. Source: the LimitRanger plugin.
struct LimitRanger: AdmissionPlugin {
    var kinds: [Kind] { [.pod, .persistentVolumeClaim] }
    var reads: [Kind] { [.limitRange] }

    /// The ranges of the namespace that a new object is held to.
    private func ranges(_ request: AdmissionRequest) -> [[Value]] {
        guard request.operation == .create,
            request.server.store.state.count(.limitRange) > 0
        else { return [] }
        return request.server.objects(.limitRange, inNamespace: request.key.namespace)
            .map { $0.value[.spec][.limits].elements }
    }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.kind == .pod else { return }
        var notes: [String] = []
        for limit in ranges(request).joined() where limit[.type] == "Container" {
            for list in [Key.containers, .initContainers] {
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

    /// The first range that an object violates is told, with all that is wrong.
    func validate(_ request: AdmissionRequest) throws(APIError) {
        for range in ranges(request) {
            var problems: [String] = []
            for limit in range { problems += check(limit, request) }
            guard !problems.isEmpty else { continue }
            let text = problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]"
            throw .forbidden(request.info, request.key.name, text)
        }
    }

    private func check(_ limit: Value, _ request: AdmissionRequest) -> [String] {
        let type = limit.text(.type)
        if request.kind == .persistentVolumeClaim {
            guard type == "PersistentVolumeClaim" else { return [] }
            return check(limit, type, request.object[.spec][.resources][.requests], .null)
        }
        let spec = PodSpecView(request.object[.spec])
        switch type {
        case "Container":
            return (spec.containers + spec.initContainers).flatMap { container in
                let resources = container.value[.resources]
                return check(limit, type, resources[.requests], resources[.limits])
            }
        case "Pod": return check(limit, type, spec.requests.value, spec.limits.value)
        default: return []
        }
    }

    private func check(
        _ limit: Value, _ type: String, _ requests: Value, _ limits: Value
    ) -> [String] {
        var problems: [String] = []
        for field in limit[.min].fields.sortedByName {
            problems += atLeast(field, type, requests[field.key], limits[field.key])
        }
        for field in limit[.max].fields.sortedByName {
            problems +=
                type == "PersistentVolumeClaim"
                ? atMost(field, type, [("request", requests[field.key])])
                : atMost(
                    field, type,
                    [("limit", limits[field.key]), ("request", requests[field.key])])
        }
        guard type != "PersistentVolumeClaim" else { return problems }
        for field in limit["maxLimitRequestRatio"].fields.sortedByName {
            problems += ratio(field, type, requests[field.key], limits[field.key])
        }
        return problems
    }

    /// minConstraint.
    private func atLeast(
        _ bound: Field, _ type: String, _ request: Value, _ limit: Value
    ) -> [String] {
        let least = Quantity(bound.value) ?? .zero
        let words = "minimum \(bound.key.name) usage per \(type) is \(least.text)"
        guard let request = Quantity(request) else { return ["\(words).  No request is specified"] }
        if request < least { return ["\(words), but request is \(request.text)"] }
        if let limit = Quantity(limit), limit < least {
            return ["\(words), but limit is \(limit.text)"]
        }
        return []
    }

    /// maxConstraint and maxRequestConstraint: the first amount must be there.
    private func atMost(
        _ bound: Field, _ type: String, _ amounts: [(word: String, value: Value)]
    ) -> [String] {
        let most = Quantity(bound.value) ?? .zero
        let words = "maximum \(bound.key.name) usage per \(type) is \(most.text)"
        guard let first = amounts.first, Quantity(first.value) != nil else {
            return ["\(words).  No \(amounts.first?.word ?? "") is specified"]
        }
        for (word, value) in amounts {
            guard let amount = Quantity(value), amount > most else { continue }
            return ["\(words), but \(word) is \(amount.text)"]
        }
        return []
    }

    /// limitRequestRatioConstraint.
    private func ratio(
        _ bound: Field, _ type: String, _ request: Value, _ limit: Value
    ) -> [String] {
        let most = Quantity(bound.value) ?? .zero
        let words = "\(bound.key.name) max limit to request ratio per \(type) is \(most.text)"
        guard let request = Quantity(request), !request.isZero else {
            return ["\(words), but no request is specified or request is 0"]
        }
        guard let limit = Quantity(limit), !limit.isZero else {
            return ["\(words), but no limit is specified or limit is 0"]
        }
        let observed = limit.double / request.double
        guard observed > most.double else { return [] }
        return ["\(words), but provided ratio is \(GoSyntax.fixed(observed))"]
    }
}
