import Model
import Support
import Value

/// A volume with zone or region labels is used only on nodes of that zone or region. Nodes without
/// any such label are in no zone, and take it.
enum VolumeZone: PreFilterPlugin {
    static let name = "VolumeZone"
    static let podFields: [Key] = [.volumes]
    static let actions: ClusterActions = [
        .classAdded, .nodeAdded, .nodeLabels, .claimAdded, .claimUpdated, .volumeAdded,
        .volumeUpdated,
    ]

    static let elsewhere = Rejection(by: Self.self, "node(s) had no available volume zone")

    private static let zone = Key("topology.kubernetes.io/zone")
    private static let region = Key("topology.kubernetes.io/region")
    /// The labels that place a volume or a node, with the present names of the old ones.
    private static let labels: [(label: Key, present: Key)] = [
        (Key("failure-domain.beta.kubernetes.io/zone"), zone),
        (Key("failure-domain.beta.kubernetes.io/region"), region), (zone, zone), (region, region),
    ]

    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        var places: [Place] = []
        for wanted in pod.needs.claims where !wanted.isOwn {
            switch volume(of: wanted.name, pod) {
            case .success(let volume): if let volume { places += Self.places(of: volume) }
            case .failure(let missing):
                return .rejected(Rejection(by: Self.self, missing.problem))
            }
        }
        return places.isEmpty ? .skip : .state(State(places: places))
    }

    private struct Missing: Error {
        let problem: String
    }

    /// The volume of a claim; nil while its first consumer, which may be this pod, is not placed.
    private static func volume(of claimName: String, _ pod: PodToPlace)
        -> Result<StoredObject?, Missing>
    {
        let view = pod.view
        guard
            let claim = view.get(
                .persistentVolumeClaim, namespace: pod.object.namespace, name: claimName)
        else {
            return .failure(
                Missing(problem: "persistentvolumeclaim \"\(claimName)\" not found"))
        }
        let wanted = PersistentVolumeClaimView(claim.value)
        if !wanted.volumeName.isEmpty {
            guard let volume = view.get(.persistentVolume, name: wanted.volumeName) else {
                return .failure(
                    Missing(problem: "persistentvolume \"\(wanted.volumeName)\" not found"))
            }
            return .success(volume)
        }
        guard let className = wanted.storageClassName, !className.isEmpty else {
            return .failure(
                Missing(problem: "PersistentVolumeClaim had no pv name and storageClass name"))
        }
        guard view.get(.storageClass, name: className) != nil else {
            return .failure(
                Missing(
                    problem: "storageclass.storage.k8s.io \"\(className)\" not found"))
        }
        return VolumeMatching.waitsForConsumer(claim, in: view)
            ? .success(nil) : .failure(Missing(problem: "PersistentVolume had no name"))
    }

    /// A label of a volume with its values; several are parted by `__`. One that does not read so
    /// is ignored.
    private struct Place: Equatable {
        let label: Key
        let present: Key
        let values: [String]
    }

    private static func places(of volume: StoredObject) -> [Place] {
        let own = volume.value[.metadata][.labels]
        return labels.compactMap { row in
            guard let text = own[row.label].string else { return nil }
            let values = text.split(separator: "__", omittingEmptySubsequences: false)
            guard values.allSatisfy({ !$0.isEmpty }) else { return nil }
            return Place(label: row.label, present: row.present, values: values.map(String.init))
        }
    }

    private struct State: FilterState {
        let places: [Place]

        func filter(_ node: NodeState, _ number: Int) -> Rejection? {
            guard labels.contains(where: { node.labels.contains($0.label) }) else { return nil }
            let fits = places.allSatisfy { place in
                let label = node.labels[place.label].string ?? node.labels[place.present].string
                return label.map(place.values.contains) ?? false
            }
            return fits ? nil : elsewhere
        }
    }

    // MARK: Hints

    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        guard let new = event.new else { return false }
        switch event.action {
        case .claimAdded, .claimUpdated: return pod.uses(claim: new)
        case .classAdded:
            return StorageClassView(new.value).volumeBindingMode == "WaitForFirstConsumer"
        case .volumeUpdated: return event.old.map(places) != places(of: new)
        default: return true
        }
    }
}
