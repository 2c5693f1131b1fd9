import Model
import Support
import Value

/// The resources of one kustomization while it is built, in order.
final class ResourceList {
    private(set) var resources: [KustomizeResource] = []
    /// The current IDs; nil when something may have changed them.
    private var registered: Set<ResourceID>?

    /// Lets `change` change resources and leave some gone.
    func transform(
        _ change: ([KustomizeResource]) throws(VerbError) -> Void
    ) throws(VerbError) {
        registered = nil
        try change(resources)
        dropGone()
    }

    func dropGone() {
        registered = nil
        resources.removeAll(where: \.isGone)
    }

    func append(_ added: [KustomizeResource]) throws(VerbError) {
        var ids = registered ?? Set(resources.map(\.currentID))
        for resource in added {
            let id = resource.currentID
            guard ids.insert(id).inserted else {
                throw .message("may not add resource with an already registered id: \(id.text)")
            }
            resources.append(resource)
        }
        registered = ids
        guard resources.count <= Kustomization.most else {
            throw .message("a kustomization with more than \(Kustomization.most) objects")
        }
    }

    /// Adds what a generator made, or merges it into what is there, as it asks for.
    func absorb(_ made: KustomizeResource) throws(VerbError) {
        let id = made.currentID
        let places = resources.indices.filter { resources[$0].allIDs.contains(id) }
        switch (places.count, made.behavior) {
        case (0, "merge"), (0, "replace"):
            throw .message(
                "merging from generator: id \(id.text) does not exist; cannot merge or replace")
        case (0, _): try append([made])
        case (1, "merge"), (1, "replace"):
            let old = resources[places[0]]
            let isMerging = made.behavior == "merge"
            made.takeOver(old)
            if isMerging {
                for key in [Key("data"), Key("binaryData")] {
                    var merged = old.value[key].fields
                    for field in made.value[key].fields { merged.set(field.key, to: field.value) }
                    made.value[key] = merged.isEmpty ? .null : .object(merged)
                }
            }
            resources[places[0]] = made
            registered = nil
        case (1, let behavior):
            throw .message(
                "merging from generator: id \(id.text) exists; can not use behavior: "
                    + "'\(behavior.isEmpty ? "unspecified" : behavior)', behavior must be merge or "
                    + "replace")
        default:
            throw .message("merging from generator: several objects could accept \(id.text)")
        }
    }

    /// The one resource that is or was called `id`.
    func find(_ id: ResourceID) throws(VerbError) -> KustomizeResource {
        let found = resources.filter { !$0.isGone && $0.allIDs.contains(id) }
        guard found.count == 1 else {
            throw .message(
                "\(found.isEmpty ? "no" : "multiple") matches for Id \(id.text); failed to find "
                    + "unique target for patch \(id.text)")
        }
        return found[0]
    }

    /// Puts the resources into another order.
    func order(_ sorted: [KustomizeResource]) { resources = sorted }
}
