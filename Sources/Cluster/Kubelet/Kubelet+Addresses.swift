import Model
import Support
import Value

// The addresses of pods: each has one of its node's range as long as its sandbox is up.
extension Kubelet {
    /// Gives a pod its address; answers false where the node has none left. Then the sandbox cannot be
    /// made, the pod stays ContainerCreating, says why in an event, and is tried again with the kubelet's
    /// retries.
    func takeAddress(_ work: PodWork) -> Bool {
        if work.plan.isHostNetwork {
            work.address = nodes[work.node].address.string ?? ""
        } else if let address = profile.runtime.podAddress {
            work.address = address
        } else if work.addressRetry.map({ $0 > now }) ?? false {
            return false
        } else if let address = nodes[work.node].addresses.take() {
            work.address = address
            work.ownsAddress = true
        } else {
            starve(work)
            return false
        }
        return true
    }

    private func starve(_ work: PodWork) {
        var sandbox = random("sandbox", "\(work.uid)/\(now)")
        let digits = (0..<64).map { _ in hexDigit(sandbox.next()) }
        tell(
            work, .warning, "FailedCreatePodSandBox",
            "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network "
                + "for sandbox \"\(String(decoding: digits, as: UTF8.self))\": plugin "
                + "type=\"ptp\" failed (add): failed to allocate for range 0: no IP addresses "
                + "available in range set: \(nodes[work.node].addresses.rangeSet)")
        work.addressRetry = now + Self.retry
        nodes[work.node].starved.append((work.slot, now + Self.retry))
        schedule(work, after: Self.retry, Code.start, weight: .tick)
    }

    /// The sandbox of a pod is down: its address may go to another. The retry of the one that is tried next
    /// is more than a tick now.
    func freeAddress(_ work: PodWork) {
        guard work.ownsAddress else { return }
        work.ownsAddress = false
        nodes[work.node].addresses.give(work.address)
        nodes[work.node].starved.removeAll { $0.retry < now || self.work($0.slot) == nil }
        let next = nodes[work.node].starved.indices.min {
            nodes[work.node].starved[$0].retry < nodes[work.node].starved[$1].retry
        }
        guard let next, let starved = self.work(nodes[work.node].starved[next].slot) else { return }
        let retry = nodes[work.node].starved.remove(at: next).retry
        schedule(starved, after: retry - now, Code.start)
    }
}
