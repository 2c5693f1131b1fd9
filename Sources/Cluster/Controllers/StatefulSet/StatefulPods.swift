import Model
import Support
import Value

/// Identity and storage of a StatefulSet's pods.
///
/// Origin: pkg/controller/statefulset/stateful_set_utils.go.
enum StatefulPods {
    /// The set's name and the ordinal in a pod's name (`getParentNameAndOrdinal`); nil for a name that
    /// does not end in `-<number>`.
    static func parse(_ name: String) -> (parent: Substring, ordinal: Int)? {
        let bytes = name.utf8
        guard let dash = bytes.lastIndex(of: UInt8(ascii: "-")), dash != name.startIndex else {
            return nil
        }
        let digits = name[bytes.index(after: dash)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let ordinal = Int32(digits)
        else { return nil }
        return (name[..<dash], Int(ordinal))
    }

    /// Whether a pod's name is one that the set would give (`isMemberOf`).
    static func isMember(_ pod: StoredObject, of set: StoredObject) -> Bool {
        guard let (parent, _) = parse(pod.name) else { return false }
        return parent == set.name
    }

    /// The name of a pod's claim: `data-web-0` (`getPersistentVolumeClaimName`).
    static func claimName(_ template: Value, _ set: StoredObject, _ ordinal: Int) -> String {
        "\(template[.metadata].text(.name))-\(set.name)-\(ordinal)"
    }

    /// The claims of a pod, in the order of their templates; they carry the set's selector as labels
    /// (`getPersistentVolumeClaims`).
    static func claims(_ set: StoredObject, _ ordinal: Int) -> [Value] {
        let selector = set.value[.spec][.selector][.matchLabels].fields
        return set.value[.spec][.volumeClaimTemplates].elements.map { template in
            var claim = template
            claim[.metadata][.name] = Value(claimName(template, set, ordinal))
            claim[.metadata][.namespace] = Value(set.namespace)
            for field in selector { claim[.metadata][.labels][field.key] = field.value }
            return claim
        }
    }

    /// `volumes` with those of the claims first, instead of volumes of the same names
    /// (`updateStorage`).
    static func volumes(_ volumes: [Value], _ set: StoredObject, _ ordinal: Int) -> [Value] {
        let templates = set.value[.spec][.volumeClaimTemplates].elements
        let names = templates.map { $0[.metadata].text(.name) }
        let own = templates.map { template -> Value in
            [
                .name: template[.metadata][.name],
                .persistentVolumeClaim: [
                    .claimName: Value(claimName(template, set, ordinal))
                ],
            ]
        }
        return own + volumes.filter { !names.contains($0.text(.name)) }
    }

    /// Whether the pod's volumes cover the set's claims (`storageMatches`).
    static func storageMatches(_ pod: StoredObject, _ set: StoredObject, _ ordinal: Int) -> Bool {
        let volumes = pod.value[.spec][.volumes].elements
        return set.value[.spec][.volumeClaimTemplates].elements.allSatisfy { template in
            let name = template[.metadata][.name]
            let claim = claimName(template, set, ordinal)
            return volumes.contains {
                $0[.name] == name && $0[.persistentVolumeClaim][.claimName].string == claim
            }
        }
    }

    /// Whether the pod has the name and label of its ordinal (`identityMatches`).
    static func identityMatches(_ pod: StoredObject, _ set: StoredObject) -> Bool {
        isMember(pod, of: set)
            && pod.value[.metadata][.labels][WellKnown.statefulSetPodName].string == pod.name
    }

    /// Gives the labels of identity (`updateIdentity`).
    static func setIdentity(_ pod: inout Value, name: String, ordinal: Int) {
        pod[.metadata][.name] = Value(name)
        pod[.metadata][.labels][WellKnown.statefulSetPodName] = Value(name)
        pod[.metadata][.labels][WellKnown.podIndex] = Value(String(ordinal))
    }

    /// The revision that a pod's label names.
    static func revision(_ pod: StoredObject) -> String {
        pod.value[.metadata][.labels][WellKnown.controllerRevisionHash].string ?? ""
    }
}

/// One ordinal of a set in a sync: the pod that is there, or the one that is to be made.
struct StatefulReplica {
    let ordinal: Int
    /// The pod; nil when it does not exist.
    private(set) var pod: StoredObject?
    private var facts: PodFacts?
    /// The revision that the pod has or will get.
    let revision: String

    init(_ pod: StoredObject, ordinal: Int) {
        self.ordinal = ordinal
        self.pod = pod
        facts = PodFacts(pod)
        revision = StatefulPods.revision(pod)
    }

    /// A pod that is to be made.
    init(missing ordinal: Int, revision: String) {
        self.ordinal = ordinal
        self.revision = revision
    }

    var isCreated: Bool { facts.map { $0.phase != .unset } ?? false }
    var isPending: Bool { facts?.phase == .pending }
    var isFinished: Bool { facts?.phase.isTerminal ?? false }
    var isTerminating: Bool { facts?.isDeleting ?? false }
    /// `isRunningAndReady`.
    var isRunningAndReady: Bool { facts.map { $0.phase == .running && $0.isReady } ?? false }
    /// `isUnavailable`: not ready for long enough, or on its way out.
    func isUnavailable(minReadySeconds: Int, now: Milliseconds) -> Bool {
        isTerminating || !isAvailable(minReadySeconds: minReadySeconds, now: now)
    }

    /// How long it takes until the pod is available; nil when it is, or is not ready
    /// (`nextPodAvailabilityCheck`).
    func nextCheck(minReadySeconds: Int, now: Milliseconds) -> Milliseconds? {
        guard let facts, facts.isReady, let ready = facts.readyTime else { return nil }
        let due = ready + Milliseconds(seconds: minReadySeconds)
        return due < now ? nil : due - now + 1
    }

    /// `isRunningAndAvailable`.
    func isAvailable(minReadySeconds: Int, now: Milliseconds) -> Bool {
        facts?.isAvailable(minReadySeconds: minReadySeconds, now: now) ?? false
    }
}
