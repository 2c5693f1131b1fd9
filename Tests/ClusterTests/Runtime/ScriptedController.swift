import Model
import Value

@testable import Cluster

/// A double for a controller: watches a kind, and does in each sync what a test says.
final class ScriptedController: Controller, FreeRequester {
    /// Called in each sync for the object that the view has under the key.
    var script: (ScriptedController, StoredObject) throws(APIError) -> Void = { _, _ in }
    /// When it synced.
    private(set) var syncs: [Milliseconds] = []
    private let watched: Kind
    /// Which changes ask for a sync.
    private let heeds: (Change) -> Bool

    init(
        watching kind: Kind = .configMap, workers: Int = 1,
        heeding heeds: @escaping (Change) -> Bool = { $0.type == .added }
    ) {
        watched = kind
        self.heeds = heeds
        super.init(name: "scripted-controller", workers: workers)
    }

    override func start() { watch(watched) }

    override func observe(_ change: Change) { if heeds(change) { enqueue(change.object) } }

    override func sync(_ key: ObjectKey) throws(APIError) {
        syncs.append(now)
        guard let object = view.get(watched, key) else { return }
        try script(self, object)
    }
}
