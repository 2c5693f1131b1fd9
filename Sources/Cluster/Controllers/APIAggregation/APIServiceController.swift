import Model
import Value

/// Says of each APIService whether it can be had: the server's own always, one behind a Service as far as
/// the Service and its endpoints are there. Nothing is asked of it, so that it is never found to answer.
///
/// Source: kube-aggregator, controllers/status.
final class APIServiceController: Controller, FreeRequester {
    static let local = Condition(
        type: "Available", status: "True", reason: "Local",
        message: "Local APIServices are always available")

    init() { super.init(name: "kube-aggregator", workers: 5) }

    override func start() {
        watch(.apiService)
        watch(.service)
        watch(.endpointSlice)
    }

    override func observe(_ change: Change) {
        let object = change.object
        switch change.kind {
        case .apiService: if change.type != .deleted { enqueue(object) }
        case .service: enqueueServices(of: object.name, in: object.namespace)
        default:
            let service = object.value[.metadata][.labels].text("kubernetes.io/service-name")
            enqueueServices(of: service, in: object.namespace)
        }
    }

    private func enqueueServices(of name: String, in namespace: String) {
        view.state.forEach(.apiService) { object in
            let service = object.value[.spec][.service]
            if service.text(.name) == name, service.text(.namespace) == namespace {
                enqueue(object)
            }
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let object = view.get(.apiService, key) else { return }
        let condition = availability(object.value[.spec][.service])
        let known = object.value[.status].conditions["Available"]
        if let known, known.status == condition.status, known.reason == condition.reason,
            known.message == condition.message
        {
            return
        }
        let time = api.timestamp
        try send { own throws(APIError) in
            try own.api.modifyStatus(object) { $0.conditions.set(condition, transition: time) }
        }
    }

    private func availability(_ service: Value) -> Condition {
        if service.isNull { return Self.local }
        let (name, namespace) = (service.text(.name), service.text(.namespace))
        let port = service[.port].int ?? 443
        func missing(_ reason: String, _ message: String) -> Condition {
            Condition(type: "Available", status: "False", reason: reason, message: message)
        }
        guard let found = view.get(.service, namespace: namespace, name: name) else {
            return missing(
                "ServiceNotFound", "service/\(name) in \"\(namespace)\" is not present")
        }
        let subject = "service/\(name) in \"\(namespace)\""
        guard found.value[.spec].text(.type) == "ClusterIP" else {
            return Condition(
                type: "Available", status: "True", reason: "Passed",
                message: "all checks passed")
        }
        let ports = found.value[.spec][.ports].elements
        guard let match = ports.first(where: { $0.int(.port) == port }) else {
            return missing("ServicePortError", "\(subject) is not listening on port \(port)")
        }
        let slices = view.objects(.endpointSlice, inNamespace: namespace).filter {
            $0.value[.metadata][.labels].text("kubernetes.io/service-name") == name
        }
        if slices.isEmpty {
            return missing(
                "EndpointsNotFound", "cannot find endpointslices for \(subject)")
        }
        let isReady = slices.contains { slice in
            slice.value[.endpoints].elements.contains { $0[.conditions][.ready].bool != false }
        }
        if !isReady {
            return missing(
                "MissingEndpoints",
                "endpointslices for \(subject) have no addresses with port name "
                    + "\"\(match.text(.name))\"")
        }
        return Condition(
            type: "Available", status: "True", reason: "Passed", message: "all checks passed")
    }
}
