import API
import Containers
import Model
import Tools

extension ContainerWorld: ContainerHost {
    var isInterrupted: Bool { cluster.interruptCheck() }

    var programs: [ContainerProgram] { ClusterPrograms.all }

    func network(of space: ContainerSpace) -> (any ToolNetwork)? {
        ClientNetwork(
            cluster,
            .pod(ObjectKey(namespace: space.facts.namespace, name: space.facts.podName)))
    }

    func signalMain(_ signal: Int, in space: ContainerSpace) {
        // A container's first process gets no SIGKILL from within (pid_namespaces(7)).
        guard signal != 0, signal != 9, signal != 18,
            let found = find(
                ContainerTarget(
                    namespace: space.facts.namespace, pod: space.facts.podName,
                    container: space.facts.containerName))
        else { return }
        // What handles its signals ends as it likes.
        let code = space.image.processTitle != nil && signal == 15 ? 0 : 128 + signal
        found.kubelet.signal(found.work, found.index, exitCode: code)
    }

    func signal(_ process: Int, _ signal: Int, in space: ContainerSpace) {}
}
