import API
import Model
import Support
import Value

/// The signs of life of kubelets, computed when somebody reads them: they are no writes and no events,
/// so that idle virtual time costs nothing (DECISIONS 20).
///
/// A kubelet posts its node's status every five minutes when nothing changes (nodeStatusReportFrequency)
/// and renews its lease every ten seconds (a quarter of the lease's 40 s). Worked example: of a node that
/// joined at 0 s, read at 12:34, the heartbeat is of 10:00 and the lease of 12:30. A machine that starts
/// anew counts from then.
struct Heartbeats {
    static let statusPeriod: Milliseconds = 300_000
    static let leasePeriod: Milliseconds = 10_000
    static let leaseNamespace = "kube-node-lease"
    private static let leaseSeconds = 40

    /// The instant since which the machine behind a node gives signs of life; nil where none is known.
    var firstSign: (String) -> Milliseconds? = { _ in nil }
    /// The instant up to which the machine behind a node gave signs of life; nil where none is known.
    var lastSign: (String) -> Milliseconds? = { _ in nil }

    private func last(_ node: StoredObject, every period: Milliseconds) -> Milliseconds? {
        guard let seen = lastSign(node.name),
            let joined = node.value[.metadata][.creationTimestamp].string.flatMap({
                Timestamp(parsing: $0)
            })?.worldTime, seen >= joined
        else { return nil }
        let first = max(joined, firstSign(node.name) ?? joined)
        return first + (seen - first) / period * period
    }

    /// The node with the heartbeats of its conditions.
    func node(_ node: StoredObject) -> Value {
        var value = node.apiValue
        guard let last = last(node, every: Self.statusPeriod) else { return value }
        let text = Value(Timestamp(worldTime: last).text)
        for index in value[.status][.conditions].elements.indices
        where value[.status][.conditions][index].text(.status) != "Unknown" {
            value[.status][.conditions][index][.lastHeartbeatTime] = text
        }
        return value
    }

    /// The lease that a node's kubelet renews; nil for a node whose kubelet never ran.
    func lease(_ node: StoredObject) -> Value? {
        guard let last = last(node, every: Self.leasePeriod) else { return nil }
        return [
            .apiVersion: "coordination.k8s.io/v1", .kind: "Lease",
            .metadata: [
                .creationTimestamp: node.value[.metadata][.creationTimestamp],
                .name: Value(node.name), .namespace: Value(Self.leaseNamespace),
                .ownerReferences: [
                    [
                        .apiVersion: "v1", .kind: "Node", .name: Value(node.name),
                        .uid: Value(node.uid),
                    ]
                ],
                .resourceVersion: Value(String(node.resourceVersion)), .uid: Value(node.uid),
            ],
            .spec: [
                "holderIdentity": Value(node.name),
                "leaseDurationSeconds": Value(Self.leaseSeconds),
                "renewTime": Value(Timestamp(worldTime: last).microText),
            ],
        ]
    }
}

extension APIServer {
    /// The leases of `namespace` that kubelets hold, by name.
    func kubeletLeases(in namespace: String?, options: ListOptions) -> [Value] {
        guard namespace ?? "" == "" || namespace == Heartbeats.leaseNamespace else { return [] }
        return store.state.list(.node).compactMap { heartbeats.lease($0) }.filter {
            options.selects($0)
        }
    }
}
