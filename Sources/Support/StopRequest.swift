import Synchronization

/// Whether the user asked the statement at work to stop, for code that has nobody to ask: loops over
/// as much as a user can name, in templates, printers and the like.
///
/// Such a loop may leave off in the middle, with whatever result: who began it looks as well before
/// anything comes of the result, and ends the statement. Nothing but a person at the keyboard sets it,
/// so runs stay functions of script and seed.
package enum StopRequest {
    private static let flag = Atomic<Bool>(false)

    /// Whether one was made since the last one was answered.
    @inline(__always)
    package static var isMade: Bool { flag.load(ordering: .relaxed) }

    /// Makes or takes back a request. Safe in the handler of a signal.
    package static func set(_ isMade: Bool) { flag.store(isMade, ordering: .relaxed) }
}
