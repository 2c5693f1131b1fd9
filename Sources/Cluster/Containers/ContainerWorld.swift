import API
import Containers
import Model
import Tools
import Value

// tidy: no copy: a world is copied where there is nothing in it (see isUntouched)
/// The insides of a world's containers.
///
/// Nothing is kept of a container before somebody looks into it, or into a volume that it shares: then its
/// own process is run from its beginning up to the present, beside those that wrote to the same files, in
/// the order of their times. So idle containers cost nothing, and a look changes nothing but what it
/// does itself.
final class ContainerWorld {
    unowned let cluster: SimulatedCluster
    /// By pod, container and run.
    private var lives: [RunKey: LiveContainer] = [:]
    /// What was begun in containers and has not ended, by number: only where one may go back in time.
    var executions: [Int: ContainerExecution] = [:]
    var lastExecution = 0
    /// By what ``PodVolumes`` names them.
    private var volumes: [String: FileVolume] = [:]

    private var isCatchingUp = false
    /// Whether something was done in a container, or the world has gone by what happened there.
    private var isTouched = false

    struct RunKey: Hashable {
        let uid: String
        let container: String
        let generation: Int
    }

    init(cluster: SimulatedCluster) { self.cluster = cluster }

    /// Whether all there is of containers follows from the rest of the world: nobody has done more than
    /// read their logs.
    var isUntouched: Bool {
        executions.isEmpty && !isCatchingUp && (!isTouched || lives.isEmpty && volumes.isEmpty)
    }

    private var api: APIServer { cluster.api }
    private var now: Milliseconds { cluster.clock.now }

    // MARK: Finding

    /// A container as its kubelet knows it.
    struct Found {
        let pod: StoredObject
        let kubelet: Kubelet
        let work: PodWork
        let index: Int

        var run: ContainerRun { work.runs[index] }
    }

    /// Nil where no kubelet knows of it.
    func find(_ target: ContainerTarget) -> Found? {
        guard let kubelet = cluster.kubelet,
            let pod = api.find(.pod, namespace: target.namespace, name: target.pod),
            let work = kubelet.work(pod.slot), work.uid == pod.uid,
            let index = work.runs.firstIndex(where: { $0.name == target.container })
        else { return nil }
        return Found(pod: pod, kubelet: kubelet, work: work, index: index)
    }

    func running(_ target: ContainerTarget) throws(ContainerProblem) -> Found {
        if let pod = api.find(.pod, namespace: target.namespace, name: target.pod) {
            let node = pod.nodeName ?? ""
            let state = cluster.machine(node)
            if state == .failed || state == .partitioned { throw .unreachable(node) }
        }
        guard let found = find(target), found.run.isAlive else { throw .notFound(target.container) }
        return found
    }

    /// What the present run of a container is, brought up to date; of one that ended, as it was then.
    func live(_ found: Found) -> LiveContainer? {
        let run = found.run
        guard run.generation > 0 else { return nil }
        var ended: Milliseconds?
        let started: Milliseconds
        switch run.state {
        case .running(let since): started = since
        case .ended(let ending):
            started = ending.started ?? ending.finished
            ended = ending.finished
        case .waiting:
            guard let since = run.hookSince ?? run.last?.started else { return nil }
            started = since
            if run.hookSince == nil { ended = run.last?.finished }
        }
        return live(found, generation: run.generation, started: started, ended: ended)
    }

    /// Whether somebody looked into the present run of a container.
    func isKnown(_ work: PodWork, _ index: Int) -> Bool {
        let run = work.runs[index]
        return lives[
            RunKey(uid: work.uid, container: run.name, generation: run.generation)] != nil
    }

    /// The run before the present one.
    func previous(_ found: Found) -> LiveContainer? {
        guard let last = found.run.last, let started = last.started else { return nil }
        return live(found, generation: last.number, started: started, ended: last.finished)
    }

    private func live(
        _ found: Found, generation: Int, started: Milliseconds, ended: Milliseconds?
    ) -> LiveContainer {
        let key = RunKey(
            uid: found.work.uid, container: found.run.name, generation: generation)
        let live: LiveContainer
        if let known = lives[key] {
            live = known
        } else {
            let node = found.kubelet.nodes[found.work.node].name
            let maker = ContainerMaker(
                world: self, pod: found.pod.value, plan: found.run.plan, uid: found.work.uid,
                node: node, address: found.work.address, started: started,
                keys: PodVolumes.keys(
                    of: found.pod.value, uid: found.work.uid, node: node, in: api))
            live = maker.make()
            lives[key] = live
            forgetRuns(before: key)
        }
        live.ended = ended
        catchUp(live)
        return live
    }

    /// Of the runs of a container only the last two are kept.
    private func forgetRuns(before key: RunKey) {
        guard key.generation > 2 else { return }
        for generation in max(key.generation - 4, 1)..<(key.generation - 1) {
            lives[RunKey(uid: key.uid, container: key.container, generation: generation)] = nil
        }
    }

    // MARK: For the kubelet

    /// Goes on with a container's own command up to the present.
    func step(_ work: PodWork, _ index: Int, in kubelet: Kubelet) -> ShellMachine.Step {
        isTouched = true
        guard let live = live(work, index, in: kubelet), let machine = live.machines.first else {
            return .waiting(until: .max)
        }
        if let status = machine.ending { return .done(status) }
        return .waiting(until: machine.wake)
    }

    private func live(_ work: PodWork, _ index: Int, in kubelet: Kubelet) -> LiveContainer? {
        guard let pod = api.find(.pod, work.slot), pod.uid == work.uid else { return nil }
        return live(Found(pod: pod, kubelet: kubelet, work: work, index: index))
    }

    /// What a container that is about to end wrote as its last words, at most 4096 bytes.
    func message(_ work: PodWork, _ index: Int, in kubelet: Kubelet, path: String) -> String {
        isTouched = true
        let bytes = (try? live(work, index, in: kubelet)?.space.files.read(path)) ?? []
        return String(decoding: bytes.prefix(4096), as: UTF8.self)
    }

    /// What a probe's command answers: its status and what it printed; nil where the container's files are not
    /// known.
    func probe(
        _ work: PodWork, _ index: Int, in kubelet: Kubelet, _ words: [String],
        timeout: Milliseconds
    ) -> (status: Int32, output: String, takes: Milliseconds)? {
        isTouched = true
        guard let live = live(work, index, in: kubelet) else { return nil }
        var output = ""
        let sink = ToolOutput { output += String(decoding: $0, as: UTF8.self) }
        let execution = ContainerExecution(
            words, in: live.space,
            streams: ShellStreams(input: ToolInput(), output: sink, error: sink),
            isTerminal: false, now: now, isRunning: { true }, isQuiet: true)
        defer { execution.end() }
        var instant = now
        while true {
            switch execution.resume(at: instant) {
            case .done(let status): return (status, output, instant - now)
            case .waiting(let next):
                instant = next
                if instant - now > timeout { return (124, output, instant - now) }
            }
        }
    }

    // MARK: Volumes

    /// The files that a volume shows, made when they are first asked for.
    func volume(_ key: String, make: () -> FileVolume) -> FileVolume {
        if let known = volumes[key] { return known }
        let made = make()
        volumes[key] = made
        return made
    }

    // MARK: Time

    /// Runs what wrote to the files of a container, and its own process, up to the present.
    private func catchUp(_ target: LiveContainer) {
        // A process that asks another pod's server looks into that pod, which is as far as it is.
        if isCatchingUp { return }
        var group = [target]
        var known = Set([ObjectIdentifier(target)])
        var seen = target.volumes
        var open = target.volumes.sorted()
        while let volume = open.popLast() {
            for record in cluster.scriptedRuns.runs(writing: volume) {
                let live = live(of: record)
                live.ended = record.ended
                guard known.insert(ObjectIdentifier(live)).inserted else { continue }
                group.append(live)
                for other in live.volumes.sorted() where seen.insert(other).inserted {
                    open.append(other)
                }
            }
        }
        // Of steps at the same instant those of the container that began first come first.
        group.sort { ($0.started, $0.uid, $0.name) < ($1.started, $1.uid, $1.name) }
        isCatchingUp = true
        defer { isCatchingUp = false }
        run(group)
        for volume in seen { forgetDone(volume) }
    }

    private func live(of record: ScriptedRun) -> LiveContainer {
        if let live = record.live { return live }
        let key = RunKey(
            uid: record.uid, container: record.container.name, generation: record.generation)
        if let live = lives[key] {
            record.live = live
            return live
        }
        let live = ContainerMaker(
            world: self, pod: record.pod, plan: record.container, uid: record.uid,
            node: record.node, address: record.pod[.status].text(.podIP),
            started: record.started, keys: record.volumes
        ).make()
        lives[key] = live
        record.live = live
        return live
    }

    /// Takes the steps of several containers in the order of their times.
    private func run(_ group: [LiveContainer]) {
        var steps = 0
        while true {
            var earliest: (at: Milliseconds, place: Int)?
            for (place, live) in group.enumerated() {
                guard let next = live.next, next <= now else { continue }
                if earliest.map({ next < $0.at }) ?? true { earliest = (next, place) }
            }
            guard let earliest else { return }
            group[earliest.place].resume(at: earliest.at)
            steps += 1
            if steps & 15 == 0, cluster.interruptCheck() { return }
        }
    }

    /// What ended, and was run to its end, need not be remembered.
    private func forgetDone(_ volume: String) {
        let now = now
        var gone: [ScriptedRun] = []
        cluster.scriptedRuns.forget(volume) { record in
            guard let ended = record.ended, ended <= now, let live = record.live, live.next == nil
            else { return false }
            gone.append(record)
            return true
        }
        // The files are all that is left of these runs.
        if !gone.isEmpty { isTouched = true }
        for record in gone where api.find(.pod, record.key)?.uid != record.uid {
            let key = RunKey(
                uid: record.uid, container: record.container.name, generation: record.generation)
            lives[key] = nil
            for volume in record.mounted where volume.hasPrefix("pod/") { volumes[volume] = nil }
        }
    }
}

extension ContainerWorld: ContainerAccess {
    func execute(
        _ words: [String], in target: ContainerTarget, streams: ShellStreams, isTerminal: Bool
    ) throws(ContainerProblem) -> ContainerExecution {
        let found = try running(target)
        isTouched = true
        guard let live = live(found) else { throw .notFound(target.container) }
        let space = live.space
        let name = words.first ?? ""
        if !space.isShell(name), space.command(named: name) == nil,
            !Self.isExecutable(name, in: space)
        {
            throw .noProgram(Self.runtimeText(name, space), commands: space.commandNames)
        }
        let (work, index, generation) = (found.work, found.index, found.run.generation)
        let (number, streams) = noteExecution(words, target, streams, isTerminal: isTerminal)
        let execution = ContainerExecution(
            words, in: space, streams: streams, isTerminal: isTerminal, now: now,
            isRunning: {
                work.runs[index].generation == generation && work.runs[index].isAlive
                    && work.runs[index].signalled == nil
            })
        execution.adopts = { live.machines.append($0) }
        if let number { keep(execution, as: number) }
        return execution
    }

    func attach(
        to target: ContainerTarget, streams: ShellStreams
    ) throws(ContainerProblem) -> ContainerExecution? {
        let found = try running(target)
        isTouched = true
        guard let live = live(found), found.run.plan.command.isPrompt,
            let machine = live.machines.first
        else { return nil }
        let (number, streams) = noteAttachment(target, streams)
        let (work, index, generation) = (found.work, found.index, found.run.generation)
        let record = { (isError: Bool, output: ToolOutput) in
            ToolOutput(limit: .max) { [unowned live] piece in
                live.write(piece, isError: isError, at: machine.clock.now)
                output.write(piece)
            }
        }
        machine.take(
            ShellStreams(
                input: streams.input, output: record(false, streams.output),
                error: record(true, streams.error)))
        let execution = ContainerExecution(
            machine,
            isRunning: {
                work.runs[index].generation == generation && work.runs[index].isAlive
                    && work.runs[index].signalled == nil
            })
        if let number { keep(execution, as: number) }
        return execution
    }

    func endShell(of target: ContainerTarget, status: Int32) {
        cluster.note { $0.containerWorld.endShell(of: target, status: status) }
        guard let found = find(target) else { return }
        found.kubelet.signal(found.work, found.index, exitCode: Int(status))
    }

    private static func isExecutable(_ name: String, in space: ContainerSpace) -> Bool {
        guard name.contains("/"),
            let node = try? space.files.find(
                ContainerPath.resolved(name, in: space.workingDirectory)
            ).node
        else { return false }
        return !node.isFolder && node.mode & 0o111 != 0 && space.image.hasShell
    }

    /// What the runtime says where it cannot start a program (runc).
    private static func runtimeText(_ name: String, _ space: ContainerSpace) -> String {
        let start =
            "OCI runtime exec failed: exec failed: unable to start container process: exec: "
        guard name.contains("/") else {
            return start + "\"\(name)\": executable file not found in $PATH: unknown"
        }
        let path = ContainerPath.resolved(name, in: space.workingDirectory)
        guard let node = try? space.files.find(path).node else {
            return start + "\"\(name)\": stat \(name): no such file or directory: unknown"
        }
        return start + "\"\(name)\": "
            + (node.isFolder ? "is a directory" : "permission denied") + ": unknown"
    }

    func files(of target: ContainerTarget) throws(ContainerProblem) -> ContainerFiles {
        let found = try running(target)
        isTouched = true
        guard let live = live(found) else { throw .notFound(target.container) }
        live.space.files.now = now
        return live.space.files
    }

    func output(of target: ContainerTarget, previous: Bool) -> [OutputLine] {
        guard let found = find(target),
            let live = previous ? self.previous(found) : live(found)
        else { return [] }
        return live.lines
    }
}
