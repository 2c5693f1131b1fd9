import Model
import Value

/// A run of a container whose own command plainly writes to a volume that may outlive the run: what it
/// wrote is worked out only when somebody looks, so that it has to be remembered that it ran.
final class ScriptedRun {
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
    var ended: Milliseconds?
    /// What was made of it since somebody looked.
    var live: LiveContainer?

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
    }
}

extension ContainerPlan {
    private static let writers: Set<String> = [
        "sh", "bash", "ash", "dash", "touch", "cp", "mkdir", "tee", "dd", "mv", "rm", "ln", "sed",
        "tar",
        "wget", "curl", "git",
    ]

    /// Whether the command may write files, by its first word, and a volume is mounted that keeps them.
    static func isScripted(_ spec: Value) -> Bool {
        let words = spec[.command].elements.isEmpty ? spec[.args].elements : spec[.command].elements
        guard let first = words.first?.string?.split(separator: "/").last,
            writers.contains(String(first))
        else { return false }
        return spec[.volumeMounts].elements.contains { !$0.flag(.readOnly) }
    }
}

extension Kubelet {
    /// Takes note of a run that writes files.
    func noteScriptedRun(_ work: PodWork, _ index: Int, since: Milliseconds) {
        let run = work.runs[index]
        guard run.plan.isScripted, let pod = api.find(.pod, work.slot), pod.uid == work.uid else {
            return
        }
        let node = nodes[work.node].name
        let record = ScriptedRun(
            pod: pod.value, key: work.key, uid: work.uid, container: run.plan, node: node,
            generation: run.generation, started: since,
            volumes: PodVolumes.keys(of: pod.value, uid: work.uid, node: node, in: api))
        run.record = record
        cluster.scriptedRuns.append(record)
    }

    /// What runs of a pod ends with its node, or with the kubelet's knowledge of it.
    func endScriptedRuns(_ work: PodWork) {
        for run in work.runs where run.record?.ended == nil { run.record?.ended = now }
    }
}
