import Model
import Support
import Value

/// The objects of one kind that nobody controls, kept up to date change by change: what an owner may
/// adopt costs what there is of it.
struct Orphans {
    private var slots = SlotIndex()

    /// Takes note of a change of an object of the kind.
    mutating func note(_ change: Change) {
        let object = change.object
        let isOrphan = change.type != .deleted && object.controllerUID == nil
        guard isOrphan || slots.contains(object.slot) else { return }
        slots.set(object.slot, to: isOrphan ? object.namespace : nil)
    }

    /// The orphans of a namespace that stay, in no meaningful order.
    func objects(_ kind: Kind, in namespace: String, _ view: View) -> [StoredObject] {
        slots[namespace].compactMap { view.get(kind, $0) }.filter { !$0.isDeleting }
    }
}
