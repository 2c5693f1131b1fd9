import Model
import Support
import Value

/// What a controller made of the pods of one service, for the pods that are as they were: a service of a
/// thousand pods is looked at once for each of them, and nearly all are as the last look found them.
final class EndpointMemory<Content> {
    private struct Entry {
        let pod: StoredObject
        let node: StoredObject?
        let content: Content
    }

    private var uid = ""
    /// The spec of the service, kept so that its identity stays taken.
    private var spec = Object()
    private var entries: [Slot: Entry] = [:]

    init() {}

    /// Begins a look at `count` pods; what was made for another service, or another spec, is forgotten, as is
    /// everything when most of it is about pods that are gone.
    func begin(_ service: StoredObject, count: Int) {
        let spec = service.value[.spec].fields
        let isSame = uid == service.uid && spec.isIdentical(to: self.spec)
        if isSame, entries.count <= 2 * count + 64 { return }
        entries.removeAll()
        uid = service.uid
        self.spec = spec
    }

    /// What `make` gives for these versions of a pod and its node.
    func content(
        of pod: StoredObject, on node: StoredObject? = nil, _ make: () -> Content
    ) -> Content {
        if let known = entries[pod.slot], known.pod === pod, known.node === node {
            return known.content
        }
        let content = make()
        entries[pod.slot] = Entry(pod: pod, node: node, content: content)
        return content
    }
}
