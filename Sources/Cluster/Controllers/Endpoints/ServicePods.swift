import Model
import Support
import Value

/// What has happened to the pods of a service since a controller last looked at them.
struct PodNews {
    /// Whether everything is to be looked at: the service is new, or another than it was.
    var isAll = true
    /// Else the pods that came, changed or went.
    var slots: Set<Slot> = []
}

/// The pods of a service at a sync, and which of them are news.
struct ServicePods {
    /// Whether nothing is known of before.
    let isAll: Bool
    /// The pods that may be others than at the last sync, with their slots; nil for one that the service does
    /// not select any more.
    let changed: [(slot: Slot, pod: StoredObject?)]
    private let membership: ServiceMembership
    private let service: ObjectKey
    private let view: View

    init(_ service: ObjectKey, _ membership: ServiceMembership, _ news: PodNews, in view: View) {
        self.service = service
        self.membership = membership
        self.view = view
        isAll = news.isAll
        if news.isAll {
            changed = membership.pods(of: service, in: view).map { ($0.slot, $0) }
        } else {
            changed = news.slots.sorted { $0.index < $1.index }.map { slot in
                (slot, membership.selects(service, slot) ? view.get(.pod, slot) : nil)
            }
        }
    }

    /// All pods that the service selects, by name. O(pods).
    var all: [StoredObject] { membership.pods(of: service, in: view) }
}
