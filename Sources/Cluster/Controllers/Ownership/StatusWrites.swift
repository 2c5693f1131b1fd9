import Model
import Value

extension Controller {
    /// Writes the status of `object` if it differs; where that fails, once more over the version in force,
    /// with the counts of the first attempt (`updateReplicaSetStatus`, `storeDaemonSetStatus`).
    ///
    /// Throws NotFound when the object is gone by then, and else what the second attempt meets.
    @discardableResult
    func writeStatus(_ object: StoredObject, _ status: Value) throws(APIError) -> StoredObject {
        if object.value[.status] == status { return object }
        do throws(APIError) {
            return try api.updateStatus(object, to: status)
        } catch {
            guard let live = api.find(object.kind, object.key) else {
                throw .notFound(api.kinds[object.kind], object.name)
            }
            return try api.updateStatus(live, to: status)
        }
    }
}
