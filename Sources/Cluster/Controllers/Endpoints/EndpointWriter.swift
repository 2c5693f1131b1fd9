import Model
import Support
import Value

/// What the controllers that write endpoints have in common: a Service, or Endpoints, is looked at only
/// when the view shows what was last written for it, and is given up after so many attempts in a row.
class EndpointWriter: Controller {
    /// Upstream's maxRetries.
    private static let attempts = 15

    /// The kind that is written.
    let output: Kind
    /// The number of the last write for a key, as long as the view may lack it.
    private var written: [ObjectKey: Int] = [:]
    /// With so many keys those that the view shows by now are looked for.
    private var sweepsAt = 64

    init(name: String, output: Kind) {
        self.output = output
        super.init(name: name, workers: 5)
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        written = other.written
        sweepsAt = other.sweepsAt
    }

    /// Brings what is written for `key` from actual to desired; the view shows the last own write.
    func reconcile(_ key: ObjectKey) throws(APIError) {}

    final override func sync(_ key: ObjectKey) throws(APIError) {
        if let own = written[key], own > view.sequence {
            throw .modified(api.kinds[output], key.name)
        }
        written[key] = nil
        try reconcile(key)
    }

    final override func retries(_ key: ObjectKey, after error: APIError) -> Bool {
        !error.isNamespaceTerminating && failures(of: key) < Self.attempts
    }

    /// Takes note of what was written, or deleted, for `key`.
    final func wrote(_ object: StoredObject, for key: ObjectKey) {
        written[key] = object.resourceVersion
        guard written.count > sweepsAt else { return }
        written = written.filter { $0.value > view.sequence }
        sweepsAt = max(64, written.count * 2)
    }

    /// Deletes an object; nil where it is gone already, which is as good.
    @discardableResult
    final func remove(_ object: StoredObject) throws(APIError) -> StoredObject? {
        do throws(APIError) {
            return try api.delete(object).object
        } catch  where error.isNotFound {
            return nil
        }
    }
}

/// A controller that writes down which pods each Service selects.
class ServiceEndpointsController: EndpointWriter {
    static let headlessLabel = Key("service.kubernetes.io/headless")

    private var membership = ServiceMembership()
    private var triggers = EndpointTriggers()
    /// By service. Only looked up.
    private var news: [ObjectKey: PodNews] = [:]

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        membership = other.membership
        triggers = other.triggers
        news = other.news
    }

    override func start() {
        watch(.service)
        watch(.pod)
        watch(output)
    }

    final override func observe(_ change: Change) {
        switch change.kind {
        case .service:
            membership.observeService(change, in: view)
            news[change.object.key] = nil
            enqueue(change.object)
        case .pod:
            let services = membership.observePod(change)
            for service in services { news[service]?.slots.insert(change.object.slot) }
            if !services.isEmpty, ServiceMembership.isWorth(change) {
                services.forEach { enqueue($0) }
            }
        case output: observeOutput(change)
        default: observeOther(change)
        }
    }

    /// Has the next sync of the services of a pod look at it.
    final func lookAgain(at pod: StoredObject) {
        for service in membership.services(selecting: pod) { news[service]?.slots.insert(pod.slot) }
    }

    final override func reconcile(_ key: ObjectKey) throws(APIError) {
        guard let service = view.get(.service, key) else {
            triggers.forget(key)
            news[key] = nil
            return try serviceGone(key)
        }
        guard ServiceMembership.hasManagedEndpoints(service) else { return }
        let latest = news.updateValue(PodNews(isAll: false), forKey: key) ?? PodNews()
        let pods = ServicePods(key, membership, latest, in: view)
        try publish(service, pods, triggers.update(service, pods))
    }

    /// Something of the kind that is written changed.
    func observeOutput(_ change: Change) {}

    /// Something of another kind changed that the controller watches.
    func observeOther(_ change: Change) {}

    /// The Service is gone.
    func serviceGone(_ key: ObjectKey) throws(APIError) {}

    /// Writes down the pods that `service` selects. `time` is when what they show last came about.
    func publish(_ service: StoredObject, _ pods: ServicePods, _ time: Value) throws(APIError) {}
}
