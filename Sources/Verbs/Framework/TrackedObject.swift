import API
import Model
import Value

/// One object that a verb keeps in sight while time passes.
///
/// It is read once and followed by a watch, so that waiting costs nothing while other objects change.
/// Whoever makes one stops it.
final class TrackedObject {
    /// The object as it is now; nil when there is none.
    private(set) var value: Value?
    /// How many changes were seen: a condition need not look twice at the same state.
    private(set) var changes = 0
    private var watch: (any Watch)?

    /// Begins to follow the object of that kind, namespace and name.
    init(_ object: FoundObject, _ client: any APIClient) throws(VerbError) {
        let target = WatchTarget(
            object.info.kind, namespace: object.namespace, name: object.name)
        do throws(APIError) {
            // The watch comes first, so that no change can fall between it and the reading.
            watch = try client.watch(target, after: nil) { [unowned self] event in
                value = event.type == .deleted ? .none : event.object
                changes += 1
            }
            value = try client.find(
                object.info.kind, namespace: object.namespace, name: object.name)
        } catch {
            watch?.stop()
            throw .api(error, object.info)
        }
    }

    /// The uid of the object that bears the name now; nil when there is none.
    var uid: String? { value?[.metadata].text(.uid) }

    func stop() { watch?.stop() }
}

extension VerbContext {
    /// Follows `object` while `work` is done.
    func tracking<Result>(
        _ object: FoundObject, _ work: (TrackedObject) throws -> Result
    ) throws -> Result {
        let tracked = try TrackedObject(object, client)
        defer { tracked.stop() }
        return try work(tracked)
    }

    /// Lets time pass until `object` is gone, or another one stands in its place: one that has not the
    /// uid. After `limit` throws what `expired` says.
    func waitForDeletion(
        of object: FoundObject, uid: String, limit: Milliseconds, expired: () -> VerbError
    ) throws {
        try tracking(object) { tracked in
            try wait(limit: limit, until: { tracked.uid != uid }, expired: expired)
        }
    }
}
