import API
import Containers
import Model
import Tools

extension ContainerWorld {
    /// What the file of a path has that somebody put there, for a server of files: in a volume that is
    /// mounted there, or in a container that somebody looked into. Nil where only the image's own can be.
    func servedFile(of work: PodWork, _ index: Int, _ path: String) -> [UInt8]? {
        let run = work.runs[index]
        let isMounted = run.plan.spec.list(.volumeMounts).contains { mount in
            let folder = mount.text(.mountPath)
            return path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
        }
        guard isMounted || isKnown(work, index) else { return nil }
        let target = ContainerTarget(
            namespace: work.key.namespace, pod: work.key.name, container: run.name)
        guard let files = try? files(of: target), let place = try? files.find(path),
            !place.node.isFolder
        else { return nil }
        // What the image brought along says the same as the server's own page.
        if place.mount.path == "/", place.node.modified == 0 { return nil }
        return try? files.read(path)
    }
}
