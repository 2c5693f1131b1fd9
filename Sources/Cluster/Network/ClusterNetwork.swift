import API
import Model
import Support
import Value

// tidy: no copy: made anew when somebody connects, as in a world that is made anew
/// The network of a cluster: which process a connection leads to, by Services, endpoints, NetworkPolicies
/// and what containers listen on.
///
/// Nothing happens in it until somebody asks: there are no packets, no events and no time. What it knows
/// is the state of the world at the instant of a question; kube-proxy is taken to know it as well.
package final class ClusterNetwork {
    /// The address of the control plane's machine.
    package static let machineAddress = "172.18.0.1"
    /// How long it takes until a machine finds that nobody in its neighbourhood has an address: three
    /// questions, a second apart.
    static let arpTime: Milliseconds = 3_000

    unowned let cluster: SimulatedCluster
    /// Set by whoever drives the world.
    package var machine = NetworkMachine()
    /// Which endpoint a connection gets.
    private var choices: RandomStream
    private var policies = NetworkPolicyTable()
    /// Which endpoint a client gets again: of Services with the affinity ClientIP.
    private var affinities: [Affinity: (address: String, until: Milliseconds)] = [:]
    private struct Affinity: Hashable {
        let service: ObjectKey
        let port: String
        let client: String
    }
    /// By address: where the pod was that last had it, and the Service.
    private var pods: [String: Slot] = [:]
    var services: [String: ObjectKey] = [:]
    var kubelet: Kubelet? { cluster.kubelet }
    /// The endpoints of ports of Services, as long as no slice changes.
    var endpointsKnown: [EndpointsKey: [ServiceEndpoint]] = [:]
    /// Up to which write they are known.
    private var known = 0
    struct EndpointsKey: Hashable {
        let service: ObjectKey
        let port: String
    }
    /// What servers noted of the requests that they answered.
    private(set) var accessLog = AccessLog()
    private var keepsTraces = true

    init(_ cluster: SimulatedCluster) {
        self.cluster = cluster
        choices = RandomStream(
            seed: cluster.options.seed,
            labels: ["network", cluster.options.title, String(cluster.options.ordinal)])
    }

    var state: ClusterState { cluster.state }

    /// Forgets what the writes since the last look have changed. O(those writes).
    func forgetStale() {
        let log = cluster.log
        guard log.head != known else { return }
        let isStale =
            log.start > known || log.changes(after: known).contains { $0.kind == .endpointSlice }
        if isStale { endpointsKnown = [:] }
        known = log.head
    }

    // MARK: Who connects

    /// One end of a connection as routing sees it.
    struct Source {
        var address: String
        /// The node; empty for the machine.
        var node: String
        var work: PodWork?
    }

    func source(_ origin: NetworkOrigin) -> Source? {
        switch origin {
        case .machine: return Source(address: Self.machineAddress, node: "", work: nil)
        case .pod(let key):
            guard let pod = state.get(.pod, key), let work = kubelet?.work(pod.slot),
                work.uid == pod.uid, work.hasSandbox, let kubelet
            else { return nil }
            return Source(
                address: work.address, node: kubelet.nodes[work.node].name, work: work)
        }
    }

    /// The address of an origin; empty for a pod that has none.
    package func address(of origin: NetworkOrigin) -> String { source(origin)?.address ?? "" }

    func party(_ source: Source) -> NetworkParty {
        NetworkParty(address: source.address, pod: source.work.flatMap(policedPod))
    }

    /// A pod as NetworkPolicies see it; nil for one of the host's network, which they leave alone.
    private func policedPod(_ work: PodWork) -> NetworkParty.Pod? {
        guard !work.plan.isHostNetwork, let pod = state.get(.pod, work.key), pod.uid == work.uid
        else { return nil }
        let namespace = state.get(.namespace, name: work.key.namespace)
        return NetworkParty.Pod(
            namespace: work.key.namespace, labels: pod.value[.metadata][.labels].fields,
            namespaceLabels: namespace?.value[.metadata][.labels].fields ?? Object(),
            spec: pod.value[.spec])
    }

    // MARK: Connecting

    /// What a connection of TCP comes to that is opened now. Draws one endpoint of a Service.
    package func connect(from origin: NetworkOrigin, to address: String, port: Int) -> Reach {
        guard let source = source(origin) else { return .unreachable(0) }
        return connect(from: source, to: address, port)
    }

    func connect(from source: Source, to address: String, _ port: Int) -> Reach {
        switch route(from: source, to: address, port) {
        case .end(let reach): return reach
        case .one(let target): return arrive(from: source, at: target)
        case .several(let targets, let affinity):
            return arrive(from: source, at: choose(targets, affinity, source))
        }
    }

    /// What connections opened now can come to: one for each endpoint that could be drawn.
    package func everyConnection(
        from origin: NetworkOrigin, to address: String, port: Int
    ) -> [Reach] {
        guard let source = source(origin) else { return [.unreachable(0)] }
        switch route(from: source, to: address, port) {
        case .end(let reach): return [reach]
        case .one(let target): return [arrive(from: source, at: target)]
        case .several(let targets, _): return targets.map { arrive(from: source, at: $0) }
        }
    }

    /// Where a connection is led to, before anybody looks whether it may and whether somebody listens.
    enum Route {
        case end(Reach)
        case one(Target)
        /// Any of them, by lot; where the Service sticks to its clients, under this name.
        case several([Target], Stickiness?)
    }

    struct Target: Hashable {
        let address: String
        let port: Int
        /// The pod behind an endpoint, where it names one.
        var pod: ObjectKey?
        /// Whether the sender's address is replaced by a machine's on the way.
        var isMasked = false
    }

    /// How a Service sticks to its clients.
    struct Stickiness {
        let service: ObjectKey
        let port: String
        let time: Milliseconds
    }

    /// By lot, each alike, as kube-proxy's rules do; a client of a Service that sticks to clients gets its
    /// endpoint again while it is there, until so long after its last connection.
    func choose(_ targets: [Target], _ stickiness: Stickiness?, _ source: Source) -> Target {
        guard let stickiness else { return draw(targets) }
        let key = Affinity(
            service: stickiness.service, port: stickiness.port, client: source.address)
        let now = cluster.clock.now
        let until = now + stickiness.time
        if let known = affinities[key], known.until > now,
            let target = targets.first(where: { $0.address == known.address })
        {
            affinities[key] = (target.address, until)
            return target
        }
        let target = draw(targets)
        affinities[key] = (target.address, until)
        return target
    }

    private func draw(_ targets: [Target]) -> Target {
        targets.count == 1 ? targets[0] : targets[choices.below(targets.count)]
    }

    /// One of `items`, by lot; there is at least one.
    package func draw<Item>(of items: [Item]) -> Item {
        items.count == 1 ? items[0] : items[choices.below(items.count)]
    }

    /// Does `work` with draws that depend on nothing but the seed and the state of the world, and leaves
    /// no trace of it.
    package func repeatably<Result>(_ work: () throws -> Result) rethrows -> Result {
        let outer = (choices, affinities, keepsTraces)
        defer { (choices, affinities, keepsTraces) = outer }
        keepsTraces = false
        choices = RandomStream(
            seed: cluster.options.seed,
            labels: ["network", String(cluster.clock.now), String(cluster.log.head)])
        return try work()
    }

    // MARK: Arriving

    func arrive(from source: Source, at target: Target) -> Reach {
        if target.address == Self.machineAddress {
            let isServer = target.port == 6443
            return isAllowed(source, to: target, nil) ? isServer ? .server : .refused : .silent
        }
        guard let work = work(at: target) else {
            if isNode(target.address) {
                return isAllowed(source, to: target, nil)
                    ? onNode(target, from: source) : .silent
            }
            guard isAllowed(source, to: target, nil) else { return .silent }
            return isOfPods(target.address) ? .unreachable(Self.arpTime) : .unreachable(0)
        }
        if work !== source.work {
            guard isAllowed(source, to: target, work) else { return .silent }
            guard connects(source, work) else { return .silent }
        }
        var source = source
        if target.isMasked { source.address = Self.machineAddress }
        return process(of: work, port: target.port, from: source) ?? .refused
    }

    /// Whether the machines of both ends run and reach each other.
    private func connects(_ source: Source, _ work: PodWork) -> Bool {
        guard let kubelet else { return false }
        let node = kubelet.nodes[work.node]
        guard node.isAlive else { return false }
        if source.node == node.name { return true }
        if let own = source.work, kubelet.nodes[own.node].isCutOff { return false }
        return !node.isCutOff
    }

    /// Whether NetworkPolicies let the connection through. What comes from the pod's own node always is.
    private func isAllowed(_ source: Source, to target: Target, _ work: PodWork?) -> Bool {
        guard state.count(.networkPolicy) > 0 else { return true }
        let other = NetworkParty(address: target.address, pod: work.flatMap(policedPod))
        return policies.allow(from: party(source), to: other, port: target.port, in: state)
    }

    /// Whether questions of a pod reach the DNS server, which has the labels that kubeadm gives it.
    package func reachesNameServer(_ origin: NetworkOrigin) -> Bool {
        guard let source = source(origin) else { return false }
        if let work = source.work, let kubelet, kubelet.nodes[work.node].isCutOff { return false }
        guard state.count(.networkPolicy) > 0 else { return true }
        let namespace = state.get(.namespace, name: "kube-system")
        let server = NetworkParty(
            address: ClusterZone.serverAddress,
            pod: NetworkParty.Pod(
                namespace: "kube-system", labels: Value(["k8s-app": "kube-dns"]).fields,
                namespaceLabels: namespace?.value[.metadata][.labels].fields ?? Object(),
                spec: .null))
        let own = party(source)
        return policies.allow(from: own, to: server, port: 53, transport: "UDP", in: state)
    }

    /// The container of a pod that listens on a port; nil where none does.
    func process(of work: PodWork, port: Int, from source: Source) -> Reach? {
        guard let kubelet, !work.isDead else { return nil }
        for (index, run) in work.runs.enumerated()
        where run.isRunning && !run.isStopping(at: cluster.clock.now) {
            let behavior = kubelet.behavior(work, index)
            guard run.plan.listening.listens(on: port, behavior) else { continue }
            if case .ingress(let word) = run.plan.listening.server?.style, behavior.http.isEmpty {
                return .ingress(
                    IngressEntry(
                        controller: word, address: nil,
                        source: Source(
                            address: work.address, node: kubelet.nodes[work.node].name, work: work),
                        port: port))
            }
            return .container(
                ContainerPlace(
                    work: work, index: index, generation: run.generation, port: port,
                    client: source.address))
        }
        return nil
    }

    /// What an echo request comes to: whether it is answered; nil where nobody has the address. The
    /// address of a Service is nobody's.
    package func ping(from origin: NetworkOrigin, _ address: String) -> Bool? {
        guard let source = source(origin) else { return nil }
        if address.hasPrefix("127.") || address == Self.machineAddress { return true }
        let target = Target(address: address, port: 0)
        guard let work = work(at: target) else {
            guard isNode(address) else { return isOfPods(address) ? nil : false }
            return kubelet?.nodes.contains {
                $0.address.string == address && $0.isAlive && !$0.isCutOff
            }
        }
        if work === source.work { return true }
        let other = NetworkParty(address: address, pod: policedPod(work))
        return connects(source, work)
            && policies.allow(
                from: party(source), to: other, port: 0, transport: "ICMP", in: state)
    }

    /// What a connection comes to that a kubelet opens inside a pod, for `port-forward`; nil where the pod
    /// is not there any more.
    package func inside(_ pod: ObjectKey, uid: String, port: Int) -> Reach? {
        guard let kubelet, let object = state.get(.pod, pod), object.uid == uid,
            let work = kubelet.work(object.slot), work.uid == uid, work.hasSandbox, !work.isDead,
            kubelet.nodes[work.node].isAlive, !kubelet.nodes[work.node].isCutOff
        else { return nil }
        return process(
            of: work, port: port,
            from: Source(
                address: "127.0.0.1", node: kubelet.nodes[work.node].name, work: work)) ?? .refused
    }

    // MARK: Who has an address

    /// The pod of an address, which is sought only where it is not where it was. O(pods) then.
    func work(at target: Target) -> PodWork? {
        guard let kubelet else { return nil }
        let address = target.address
        func fits(_ work: PodWork?) -> Bool {
            guard let work else { return false }
            return work.address == address && work.hasSandbox && !work.isSandboxGone
                && !work.plan.isHostNetwork && !work.isDead
        }
        if let key = target.pod, let slot = state.get(.pod, key)?.slot,
            let work = kubelet.work(slot), work.address == address, !work.isDead
        {
            return work
        }
        if let slot = pods[address], let work = kubelet.work(slot), fits(work) { return work }
        guard isOfPods(address), let found = kubelet.works.first(where: fits) else { return nil }
        pods[address] = found?.slot
        return found
    }

    private func isOfPods(_ address: String) -> Bool {
        kubelet?.nodes.contains { $0.addresses.contains(address) } ?? false
    }

    func isNode(_ address: String) -> Bool {
        kubelet?.nodes.contains { $0.address.string == address } ?? false
    }

    /// What a container answers to a request; nil where it does not speak HTTP.
    package func answer(_ place: ContainerPlace, to request: ServerRequest) -> ServerAnswer? {
        guard let kubelet else { return nil }
        let (work, index) = (place.work, place.index)
        let behavior = kubelet.behavior(work, index)
        let spec = state.get(.pod, work.key)?.value[.spec] ?? .null
        var names = AnswerText(
            work, image: place.plan.image, node: kubelet.nodes[work.node].name, spec: spec)
        names.path = request.path
        guard case .running(let since) = work.runs[index].state else { return nil }
        var request = request
        request.client = place.client
        request.port = place.port
        guard
            var answer = kubelet.answer(
                to: request, plan: place.plan, behavior, age: cluster.clock.now - since, names,
                file: { [cluster] folder, path in
                    let name = path.hasSuffix("/") ? path + "index.html" : path
                    return cluster.containerWorld.servedFile(of: work, index, folder + name)
                })
        else { return nil }
        answer.pod = work.key
        if keepsTraces { accessLog.note(request, answer, at: cluster.clock.now, place) }
        return answer
    }
}
