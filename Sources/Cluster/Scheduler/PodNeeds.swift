import Model
import Support
import Value

// tidy: no copy: shared: what changes in it is worked out from the rest, for the counters it names
/// What a pod asks of a node, taken from its spec once. Pods that are alike in what any plugin
/// reads share it.
///
/// What several plugins or the scheduler itself use is here; what one plugin alone reads it keeps
/// in a ``PodReading`` of its own.
final class PodNeeds {
    let namespace: String
    let labels: Object
    /// The parts of the spec that plugins declare to read, and no others.
    let spec: Value
    let priority: Int
    let request: PodResourceRequest
    let hostPorts: [HostPort]
    /// The claims that the pod's volumes use, those that are made for it included.
    let claims: [PodClaim]
    /// The ``PodGroup``s that pods with these needs belong to.
    private(set) var groups = PodGroupSet()
    /// The counters that count pods with these needs, and for which set of counters that holds.
    var counted: (epoch: PodCounters.Epoch, numbers: [Int])?
    private var readings: [AnyObject] = []

    /// The parts of a spec that are read here, whatever the plugins are.
    static let fields: [Key] = [
        .containers, .initContainers, .resources, .overhead, .volumes, .priority,
    ]

    init(pod: Value, _ plugins: PluginSet) {
        let spec = pod[.spec]
        namespace = pod[.metadata].text(.namespace)
        labels = pod[.metadata][.labels].fields
        var declared = Object()
        for field in plugins.podFields where !spec[field].isNull {
            declared.set(field, to: spec[field])
        }
        self.spec = .object(declared)
        priority = spec.int(.priority)
        request = PodResourceRequest(spec: spec)
        hostPorts = HostPort.ports(of: spec)
        claims = PodClaim.claims(of: pod)
        groups = plugins.groups(of: self)
    }

    /// Whether a claim is the pod's own: then no other pod has the same needs.
    var hasOwnClaims: Bool { claims.contains(where: \.isOwn) }

    /// What a plugin reads from the pod, read at the first asking.
    func reading<Reading: PodReading>(_: Reading.Type) -> Reading {
        for case let reading as Reading in readings { return reading }
        let reading = Reading(self)
        readings.append(reading)
        return reading
    }
}

/// What one plugin reads from a pod's spec, labels and namespace.
protocol PodReading: AnyObject {
    init(_ pod: PodNeeds)
}

/// A claim that a volume of a pod uses.
struct PodClaim: Equatable {
    let name: String
    /// Whether it is made for the pod, of an ephemeral volume.
    let isOwn: Bool

    static func claims(of pod: Value) -> [PodClaim] {
        var found: [PodClaim] = []
        for volume in pod[.spec][.volumes].elements {
            if let claim = volume[.persistentVolumeClaim][.claimName].string {
                found.append(PodClaim(name: claim, isOwn: false))
            } else if !volume[.ephemeral].isNull {
                let name = "\(pod[.metadata].text(.name))-\(volume.text(.name))"
                found.append(PodClaim(name: name, isOwn: true))
            }
        }
        return found
    }
}
