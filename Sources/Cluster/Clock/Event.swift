/// The number of a component in the world's registry.
package struct ComponentID: Hashable, Sendable {
    package let index: Int32

    init(index: Int32) { self.index = index }
}

/// Something that happens to one component at one instant: plain data, no closure.
package struct Event: Sendable {
    /// Who handles it.
    package let component: ComponentID
    /// What it is, in the component's own numbering.
    package let code: Int32
    /// Payload in the component's own meaning (a slot, an index, a generation …).
    package let a: Int
    /// A second payload.
    package let b: Int

    init(component: ComponentID, code: Int32, a: Int, b: Int) {
        self.component = component
        self.code = code
        self.a = a
        self.b = b
    }
}

/// How an event counts for `settle` and for the question what is still to come.
package enum EventWeight: Sendable {
    /// Work that is due: `settle` waits for it.
    case work
    /// A periodic tick or resync: it fires when its time comes, but nobody waits for it.
    case tick
}

/// A ticket for an event that may be cancelled. A ticket whose event has fired or was cancelled is
/// stale; cancelling it again does nothing.
package struct Timer: Hashable, Sendable {
    let slot: Int32
    let generation: UInt32

    /// A ticket for nothing.
    package static let none = Timer(slot: -1, generation: 0)
}
