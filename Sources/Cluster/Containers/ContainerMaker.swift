import API
import Containers
import Model
import Support
import Tools
import Value

/// Makes the inside of one run of a container: its files, its variables, its process.
struct ContainerMaker {
    let world: ContainerWorld
    let pod: Value
    let plan: ContainerPlan
    let uid: String
    let node: String
    let address: String
    let started: Milliseconds
    /// By volume: which files it shows.
    let keys: [String: String]

    private var cluster: SimulatedCluster { world.cluster }
    private var api: APIServer { cluster.api }
    private var container: Value { plan.spec }
    private var namespace: String { pod[.metadata].text(.namespace) }
    private var nodeValue: Value { api.find(.node, name: node)?.value ?? .null }
    private var addresses: [String] { address.isEmpty ? [] : [address] }
    private var nodeAddress: String { NodeView(nodeValue).address("InternalIP") }

    func make() -> LiveContainer {
        let image = ContainerImage(plan.image.text)
        let (hostname, domain) = HostFiles.names(of: pod)
        let shown =
            pod[.spec].flag(.hostNetwork)
            ? node
            : pod[.spec].flag(.setHostnameAsFQDN) && !domain.isEmpty
                ? "\(hostname).\(domain)" : hostname
        var variables = environment(image, shown)
        let user = user(image)
        if variables["HOME"] == nil { variables["HOME"] = user.id == 0 ? "/root" : "/" }
        let words = words(image, variables)
        var facts = ContainerFacts()
        facts.hostname = shown
        facts.podName = pod[.metadata].text(.name)
        facts.namespace = namespace
        facts.nodeName = node
        facts.containerName = plan.name
        facts.addresses = addresses
        facts.mainWords = words
        facts.started = started
        let capacity = nodeValue[.status][.capacity]
        facts.processors = Int(Quantity(capacity[.cpu])?.value ?? 4)
        facts.memoryBytes = Quantity(capacity[.memory])?.value ?? 8 << 30
        let folder =
            container[.workingDir].string.flatMap { $0.isEmpty ? nil : $0 }
            ?? image.workingDirectory
        let space = ContainerSpace(
            files: files(image, shown, variables, user, folder), image: image, facts: facts,
            environment: variables, workingDirectory: folder, host: world)
        let live = LiveContainer(
            space: space, uid: uid, started: started,
            volumes: Set(container[.volumeMounts].elements.compactMap { keys[$0.text(.name)] }))
        begin(live, words)
        return live
    }

    // MARK: Process

    /// The words of the container's own process.
    private func words(_ image: ContainerImage, _ variables: [String: String]) -> [String] {
        let expand = { (value: Value) in
            ContainerEnvironment.expanded(value.string ?? "") { variables[$0] }
        }
        let command = container[.command].elements.map(expand)
        let arguments = container[.args].elements.map(expand)
        if !command.isEmpty { return command + arguments }
        if arguments.isEmpty { return image.entryPoint }
        // What begins with a program is a command of its own for images whose entry point is a shell.
        return arguments[0].hasPrefix("-") ? image.entryPoint + arguments : arguments
    }

    private func begin(_ live: LiveContainer, _ words: [String]) {
        let space = live.space
        let isOwn = !container[.command].elements.isEmpty || !container[.args].elements.isEmpty
        let title = isOwn ? words : space.image.processTitle.map { [$0] } ?? words
        _ = space.begin(title, at: started, isMain: true)
        defer { beginHook(live) }
        guard let first = words.first, isOwn || plan.command.isPrompt,
            space.isShell(first) || space.command(named: first) != nil
        else { return }
        let name = ContainerPath.last(of: first)
        if plan.command.isPrompt { return live.machines = [prompt(live, first)] }
        let state = ShellState(
            environment: space.environment, workingDirectory: space.workingDirectory,
            name: space.isShell(first) ? name : "sh", arguments: [name], processID: 1)
        let clock = ProcessClock(now: started)
        let output = ToolOutput(limit: .max) { [unowned live] piece in
            live.write(piece, isError: false, at: clock.now)
        }
        let error = ToolOutput(limit: .max) { [unowned live] piece in
            live.write(piece, isError: true, at: clock.now)
        }
        space.mainOutput = output
        let machine = ShellMachine(
            .command(words), space: space, state: state,
            streams: ShellStreams(input: ToolInput(), output: output, error: error), clock: clock,
            flavor: space.flavor(ofShell: name))
        let isOfJob = pod[.metadata][.ownerReferences].elements.contains {
            $0.text(.kind) == "Job"
        }
        machine.takesUnknownForDone = plan.role == .initial || isOfJob
        machine.takesUnknownForServer = !machine.takesUnknownForDone
        live.machines = [machine]
    }

    /// A shell that waits for what somebody types.
    private func prompt(_ live: LiveContainer, _ shell: String) -> ShellMachine {
        let space = live.space
        let name = ContainerPath.last(of: shell)
        let state = ShellState(
            environment: space.environment, workingDirectory: space.workingDirectory,
            name: name, arguments: [name], processID: 1)
        let clock = ProcessClock(now: started)
        let machine = ShellMachine(
            .list([]), space: space, state: state,
            streams: ShellStreams(
                input: ToolInput(), output: ToolOutput { _ in }, error: ToolOutput { _ in }),
            clock: clock, flavor: space.flavor(ofShell: name))
        machine.heedsInterrupts = true
        machine.listsCommands = true
        _ = machine.resume(at: started)
        return machine
    }

    /// What the postStart hook does to the files; what it prints nobody sees.
    private func beginHook(_ live: LiveContainer) {
        let words = plan.postStart[.exec][.command].elements.compactMap(\.string)
        guard let first = words.first else { return }
        let space = live.space
        let name = ContainerPath.last(of: first)
        let state = ShellState(
            environment: space.environment, workingDirectory: space.workingDirectory,
            name: space.isShell(first) ? name : "sh", arguments: [name], processID: 2)
        let hook = ShellMachine(
            .command(words), space: space, state: state,
            streams: ShellStreams(
                input: ToolInput(), output: ToolOutput { _ in }, error: ToolOutput { _ in }),
            clock: ProcessClock(now: started), flavor: space.flavor(ofShell: name))
        hook.takesUnknownForDone = true
        if live.machines.isEmpty { live.machines.append(idle(live)) }
        live.machines.append(hook)
    }

    /// In place of a process of which nothing is known.
    private func idle(_ live: LiveContainer) -> ShellMachine {
        let state = ShellState(
            environment: [:], workingDirectory: "/", name: "sh", arguments: [], processID: 1)
        let machine = ShellMachine(
            .command(["sleep", "infinity"]), space: live.space, state: state,
            streams: ShellStreams(
                input: ToolInput(), output: ToolOutput { _ in }, error: ToolOutput { _ in }),
            clock: ProcessClock(now: started), flavor: .ash)
        return machine
    }

    // MARK: Variables

    private func fields(_ pod: Value) -> DownwardFields {
        DownwardFields(
            pod: pod, podAddresses: addresses, hostAddress: nodeAddress,
            allocatable: nodeValue[.status][.allocatable])
    }

    private func source(_ kind: Kind, _ name: String, at instant: Milliseconds) -> Value? {
        cluster.pastVersions.value(
            kind, ObjectKey(namespace: namespace, name: name), at: instant, in: api)
    }

    private func environment(_ image: ContainerImage, _ hostname: String) -> [String: String] {
        var services: [Value] = []
        if pod[.spec][.enableServiceLinks].bool ?? true {
            services = cluster.pastVersions.values(
                .service, in: namespace, at: started, of: api, cluster.store.state)
        }
        let own = ObjectKey(namespace: "default", name: "kubernetes")
        if let kubernetes = cluster.pastVersions.value(.service, own, at: started, in: api) {
            services.removeAll {
                $0[.metadata].text(.name) == own.name
                    && $0[.metadata].text(.namespace) == own.namespace
            }
            services.append(kubernetes)
        }
        return ContainerEnvironment(
            container, fields(pod), image: image, hostname: hostname, services: services,
            source: { source($0, $1, at: started) }
        ).variables
    }

    private func user(_ image: ContainerImage) -> FileUser {
        let own = container[.securityContext]
        let common = pod[.spec][.securityContext]
        let id = own[.runAsUser].int ?? common[.runAsUser].int ?? 0
        let group = own[.runAsGroup].int ?? common[.runAsGroup].int ?? 0
        var groups = common[.supplementalGroups].elements.compactMap(\.int)
        if let shared = common[.fsGroup].int { groups.append(shared) }
        return FileUser(id: id, group: group, groups: groups)
    }

    // MARK: Files

    private func files(
        _ image: ContainerImage, _ hostname: String, _ variables: [String: String],
        _ user: FileUser, _ folder: String
    ) -> ContainerFiles {
        let layer = FileVolume(
            root: ImageLayer.tree(of: image, built: 0), device: "overlay", type: "overlay")
        let root = layer.root
        root.place(.file(hostname + "\n", modified: started), at: "etc/hostname")
        root.place(
            .file(
                HostFiles.hosts(
                    of: pod, addresses: addresses, node: node, nodeAddress: nodeAddress),
                modified: started), at: "etc/hosts")
        root.place(
            .file(HostFiles.resolver(of: pod), modified: started), at: "etc/resolv.conf")
        let message = container[.terminationMessagePath].string ?? "/dev/termination-log"
        root.place(.file("", mode: 0o666, modified: started), at: message)
        if folder != "/" { root.place(.folder(modified: started), at: folder) }
        var mounts: [FileMount] = []
        let wanted = container[.volumeMounts].elements.sorted {
            $0.text(.mountPath).utf8.count < $1.text(.mountPath).utf8.count
        }
        for mount in wanted {
            guard let made = self.mount(mount, variables) else { continue }
            // The runtime makes the place where something is mounted.
            let above = mounts.last { made.path.hasPrefix($0.path + "/") }
            let base = above?.root ?? root
            let below = String(made.path.dropFirst(above?.path.utf8.count ?? 0))
            base.place(
                made.root.isFolder ? .folder(modified: started) : .file("", modified: started),
                at: below)
            mounts.append(made)
        }
        return ContainerFiles(
            layer: layer, isReadOnly: container[.securityContext].flag(.readOnlyRootFilesystem),
            mounts: mounts, user: user)
    }

    private func mount(_ mount: Value, _ variables: [String: String]) -> FileMount? {
        let name = mount.text(.name)
        guard let volume = pod[.spec][.volumes].elements.first(where: { $0.text(.name) == name }),
            let key = keys[name]
        else { return nil }
        let made = world.volume(key) { self.volume(volume) }
        made.refresh?(started)
        let expression = mount.text(.subPathExpr)
        let part =
            expression.isEmpty
            ? mount.text(.subPath)
            : ContainerEnvironment.expanded(expression) { variables[$0] }
        var root = made.root
        if !part.isEmpty { root = subPath(part, of: made) }
        var path = ContainerPath.resolved(mount.text(.mountPath), in: "/")
        // In images /var/run leads to /run, and the runtime mounts where that is.
        if path.hasPrefix("/var/run/"), ContainerImage(plan.image.text).hasShell {
            path = String(path.dropFirst(4))
        }
        return FileMount(
            path: path, volume: made, root: root,
            isReadOnly: mount.flag(.readOnly) || isWritten(volume)
                || volume[.persistentVolumeClaim].flag(.readOnly))
    }

    /// The part of a volume that is mounted: as it is when the container begins, whatever takes its place
    /// later.
    private func subPath(_ path: String, of volume: FileVolume) -> FileNode {
        let inside = ContainerFiles(layer: volume)
        inside.now = started
        if let node = try? inside.find(path).node { return node }
        return volume.root.place(.folder(modified: started), at: path)
    }

    private func isWritten(_ volume: Value) -> Bool {
        [Key.configMap, .secret, .projected, .downwardAPI].contains { !volume[$0].isNull }
    }

    private func volume(_ volume: Value) -> FileVolume {
        let group = pod[.spec][.securityContext][.fsGroup].int
        if isWritten(volume) {
            let began = Timestamp(pod[.status][.startTime])?.worldTime ?? started
            return WrittenVolume(volume, sources: sources(group), began: began).make()
        }
        let isScratch = !volume[.emptyDir].isNull
        let root = FileNode.folder(mode: isScratch ? 0o777 : 0o755, modified: started)
        if let group, volume[.hostPath].isNull {
            root.group = group
            root.mode = 0o2775
        }
        let isFile = volume[.hostPath].text(.type).hasPrefix("File")
        if isFile { root.content = .file([]) }
        let isMemory = volume[.emptyDir].text(.medium) == "Memory"
        return FileVolume(
            root: root, device: isMemory ? "tmpfs" : "/dev/vda1", type: isMemory ? "tmpfs" : "ext4",
            sizeBytes: PodVolumes.size(of: volume, namespace, in: api))
    }

    private func sources(_ group: Int?) -> VolumeSources {
        let (api, namespace, cluster) = (api, namespace, cluster)
        let name = pod[.metadata].text(.name)
        let (pod, uid, node) = (pod, uid, node)
        let fields = fields(pod)
        return VolumeSources(
            namespace: namespace, group: group,
            object: { [unowned cluster] kind, name, instant in
                cluster.pastVersions.value(
                    kind, ObjectKey(namespace: namespace, name: name), at: instant, in: api)
            },
            fields: { _ in
                guard let newest = api.find(.pod, namespace: namespace, name: name),
                    newest.uid == uid
                else { return fields }
                return DownwardFields(
                    pod: newest.value, podAddresses: fields.podAddresses,
                    hostAddress: fields.hostAddress, allocatable: fields.allocatable)
            },
            token: { audience, seconds, instant in
                ServiceAccountToken.text(
                    of: pod, node: node, audience: audience, seconds: seconds, at: instant)
            })
    }
}

/// A token as the API server would issue it for a pod: its claims can be read; its signature is none.
enum ServiceAccountToken {
    /// Source: pkg/serviceaccount's claims.go.
    static func text(
        of pod: Value, node: String, audience: String?, seconds: Int, at instant: Milliseconds
    ) -> String {
        let namespace = pod[.metadata].text(.namespace)
        let account = pod[.spec].text(.serviceAccountName)
        let issued = Timestamp(worldTime: instant).seconds
        let issuer = "https://kubernetes.default.svc.cluster.local"
        let claims: Value = [
            "aud": [Value(audience ?? issuer)], "exp": Value(Int(issued) + seconds),
            "iat": Value(Int(issued)), "iss": Value(issuer),
            "kubernetes.io": [
                "namespace": Value(namespace), "node": ["name": Value(node)],
                "pod": [
                    "name": pod[.metadata][.name], "uid": pod[.metadata][.uid],
                ],
                "serviceaccount": ["name": Value(account)],
            ],
            "nbf": Value(Int(issued)),
            "sub": Value("system:serviceaccount:\(namespace):\(account)"),
        ]
        let head = part("{\"alg\":\"RS256\",\"kid\":\"drydock\"}")
        let body = part(JSON.text(claims))
        let signature = sha256(Array("\(head).\(body)".utf8))
        return "\(head).\(body).\(part(signature))"
    }

    private static func part(_ text: String) -> String { part(Array(text.utf8)) }

    /// base64url without padding (RFC 7515).
    private static func part(_ bytes: [UInt8]) -> String {
        String(
            Base64.encode(bytes).compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }
}
