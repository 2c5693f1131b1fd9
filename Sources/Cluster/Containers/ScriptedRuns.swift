import Model
import Value

/// A run of a container whose own command plainly writes to a volume that may outlive the run: what it
/// wrote is worked out only when somebody looks, so that it has to be remembered that it ran.
final class ScriptedRun {
    // tidy: not copied: live
    /// The pod as it was when the container began.
    let pod: Value
    let key: ObjectKey
    let uid: String
    let container: ContainerPlan
    let node: String
    let generation: Int
    let started: Milliseconds
    /// By volume of the pod: which files it shows.
    let volumes: [String: String]
    /// The files of those that the container mounts.
    let mounted: Set<String>
    var ended: Milliseconds?
    /// What was made of it since somebody looked.
    var live: LiveContainer?

    /// The same for another world, in which nobody has looked.
    func copy() -> ScriptedRun {
        let copy = ScriptedRun(
            pod: pod, key: key, uid: uid, container: container, node: node,
            generation: generation, started: started, volumes: volumes)
        copy.ended = ended
        return copy
    }

    init(
        pod: Value, key: ObjectKey, uid: String, container: ContainerPlan, node: String,
        generation: Int, started: Milliseconds, volumes: [String: String]
    ) {
        self.pod = pod
        self.key = key
        self.uid = uid
        self.container = container
        self.node = node
        self.generation = generation
        self.started = started
        self.volumes = volumes
        mounted = Set(
            container.spec[.volumeMounts].elements.compactMap { volumes[$0.text(.name)] })
    }
}

/// The runs that wrote to files which nobody looked at since, by those files.
struct ScriptedRuns {
    private var byVolume: [String: [ScriptedRun]] = [:]

    /// The same runs for another world.
    func copy(_ copies: inout RunCopies) -> ScriptedRuns {
        var copy = ScriptedRuns()
        for (volume, runs) in byVolume {
            copy.byVolume[volume] = runs.map { copies.copy(of: $0) }
        }
        return copy
    }

    mutating func add(_ run: ScriptedRun) {
        for volume in run.mounted { byVolume[volume, default: []].append(run) }
    }

    /// Those that wrote to some files, in the order in which they began.
    func runs(writing volume: String) -> [ScriptedRun] { byVolume[volume] ?? [] }

    /// Forgets of some files' runs those that are done.
    mutating func forget(_ volume: String, where isDone: (ScriptedRun) -> Bool) {
        byVolume[volume]?.removeAll(where: isDone)
        if byVolume[volume]?.isEmpty == true { byVolume[volume] = nil }
    }
}

/// The copies that were made of runs: each has one, however often it is met.
struct RunCopies {
    private var copies: [ObjectIdentifier: ScriptedRun] = [:]

    mutating func copy(of run: ScriptedRun) -> ScriptedRun {
        if let known = copies[ObjectIdentifier(run)] { return known }
        let copy = run.copy()
        copies[ObjectIdentifier(run)] = copy
        return copy
    }
}

extension Kubelet {
    /// Takes note of a run that writes files.
    func noteScriptedRun(_ work: PodWork, _ index: Int, since: Milliseconds) {
        let run = work.runs[index]
        guard run.plan.command.isScripted, let pod = api.find(.pod, work.slot), pod.uid == work.uid
        else {
            return
        }
        let node = nodes[work.node].name
        let record = ScriptedRun(
            pod: pod.value, key: work.key, uid: work.uid, container: run.plan, node: node,
            generation: run.generation, started: since,
            volumes: PodVolumes.keys(of: pod.value, uid: work.uid, node: node, in: api))
        run.record = record
        cluster.scriptedRuns.add(record)
    }

    /// What runs of a pod ends with its node, or with the kubelet's knowledge of it.
    func endScriptedRuns(_ work: PodWork) {
        for run in work.runs where run.record?.ended == nil { run.record?.ended = now }
    }
}
