import Support
import Value

extension PodView {
    /// Whether the condition Ready is "True" (IsPodReady).
    package var isReady: Bool {
        for entry in value[.status].list(.conditions) where entry[.type].string == "Ready" {
            return entry[.status].string == "True"
        }
        return false
    }

    /// The instant since which the pod is ready or not ready, or nil.
    package var readyTransition: Timestamp? {
        conditions["Ready"].flatMap { Timestamp($0.value[.lastTransitionTime]) }
    }

    /// Whether the pod has been ready for at least `minReadySeconds` at `now`, which makes it
    /// available (IsPodAvailable). Ready at 10:00:00 with 10 s: available from 10:00:10 on.
    package func isAvailable(minReadySeconds: Int, now: Timestamp) -> Bool {
        availableAt(minReadySeconds: minReadySeconds).map { $0 <= now } ?? false
    }

    /// The instant from which a ready pod counts as available; nil while it is not ready.
    package func availableAt(minReadySeconds: Int) -> Timestamp? {
        guard isReady else { return nil }
        if minReadySeconds == 0 { return .distantPast }
        return readyTransition.map { $0 + .seconds(Int64(minReadySeconds)) }
    }

    /// Whether the pod counts for its controller: not finished and not being deleted (IsPodActive).
    package var isActive: Bool { !isTerminal && !isDeleting }

    /// The restarts of all containers together.
    package var restartCount: Int {
        status.containerStatuses.reduce(0) { $0 + $1.restartCount }
    }

    /// The greatest restart count of any container, by which controllers choose victims
    /// (maxContainerRestarts).
    package var maxContainerRestarts: Int {
        status.containerStatuses.map(\.restartCount).max() ?? 0
    }

    /// The annotation that makes a pod cheaper or dearer to delete; 0 where absent or malformed
    /// (KEP-2255).
    package var deletionCost: Int {
        metadata.annotation("controller.kubernetes.io/pod-deletion-cost").flatMap {
            Self.deletionCost($0)
        } ?? 0
    }

    /// A deletion cost as the annotation spells it: a 32-bit integer without a plus sign or leading
    /// zeros; nil for anything else (`GetDeletionCostFromPodAnnotations`).
    package static func deletionCost(_ text: String) -> Int? {
        guard let first = text.utf8.first,
            text == "0" || first == UInt8(ascii: "-") || (0x31...0x39).contains(first)
        else { return nil }
        return Int32(text).map(Int.init)
    }

    /// The number at the end of a StatefulSet pod's name; nil where there is none.
    package var ordinal: Int? {
        let name = self.name
        guard let dash = name.lastIndex(of: "-") else { return nil }
        let digits = name[name.index(after: dash)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return Int(digits)
    }
}

extension Timestamp {
    /// Before every instant of a run.
    static let distantPast = Timestamp(milliseconds: .min)
}
