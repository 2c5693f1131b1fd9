import API
import Cluster
import Model
import Value

/// An object of which nothing in particular is known: its conditions, and whether its controller has
/// seen it.
enum PlainObject {
    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let name = inquiry.name(object)
        let status = object.value[.status]
        for condition in status[.conditions].elements where condition.text(.status) == "False" {
            let message = condition.text(.message)
            return Finding(
                name, "is not \(condition.text(.type))",
                message.isEmpty ? condition.text(.reason) : message,
                since: inquiry.time(condition[.lastTransitionTime]))
        }
        if let unseen = unseen(object, inquiry) { return unseen }
        return Finding(name, "exists", since: inquiry.created(object), state: .fine)
    }

    /// That a controller has yet to see the latest spec.
    static func unseen(_ object: StoredObject, _ inquiry: Inquiry) -> Finding? {
        guard inquiry.kinds[object.kind].reportsObservedGeneration else { return nil }
        let generation = object.value[.metadata].int(.generation)
        guard object.value[.status].int(.observedGeneration) < generation else { return nil }
        return Finding(
            inquiry.name(object), "was just changed",
            "its controller has not seen generation \(generation) yet", state: .waiting)
    }
}
