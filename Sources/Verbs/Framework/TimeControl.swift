import API
import Model
import Value

/// What verbs may ask of a session that can go back in time.
///
/// The world alone goes back: variables, files and the namespace in force stay, since the script goes on.
package protocol TimeControl: AnyObject {
    /// Takes back the last `count` statements that the world has seen.
    func undo(_ count: Int) throws -> TimeJump

    /// Goes to an earlier place on the way here.
    func rewind(to target: RewindTarget) throws -> TimeJump

    /// Does again what the last `count` jumps back have undone.
    func forward(_ count: Int) throws -> TimeJump

    /// Remembers this place under a name, which then means it alone.
    func remember(_ name: String) throws

    /// Goes to the place that a name means: a snapshot's, the end of a branch or of what was undone.
    func restore(_ name: String) throws -> TimeJump

    /// Runs a block and goes back to where it began; its end is kept under the name.
    func branch(_ name: String, _ block: () throws -> Void) throws -> TimeJump

    /// The present and all that was kept, what left a line behind it.
    func lines() -> [TimelineRow]

    /// How two worlds differ: names, instants on the way here, or `now`.
    func differences(from: String, to: String) throws -> [ObjectDifference]

    /// Begins a new world with the same seed.
    func reset() throws

    /// Takes one event.
    func step() throws -> (step: WorldStep, writes: [WriteRecord])

    /// Whether nothing but ticks is due for a while.
    var isAtRest: Bool { get }

    /// Who can take events, by name.
    var stepNames: [String] { get }
}

/// Where to go back to.
package enum RewindTarget: Sendable {
    /// So long ago.
    case back(Milliseconds)
    /// The last state of an instant.
    case instant(Milliseconds)
    /// Before the last statement whose text has this in it.
    case before(String)
    /// After so many events of the world.
    case event(Int)
}

/// A jump in time.
package struct TimeJump: Sendable {
    package let from: Milliseconds
    package let to: Milliseconds
    /// The statements that are undone by it, or done again, oldest first.
    package let statements: [String]

    package init(from: Milliseconds, to: Milliseconds, statements: [String]) {
        self.from = from
        self.to = to
        self.statements = statements
    }
}

/// A line of the tree of what was done and tried.
package struct TimelineRow: Sendable {
    package enum Kind: String, Sendable {
        case present, snapshot, branch, undone
    }

    package let name: String
    package let kind: Kind
    /// How many lines it hangs below the present.
    package let depth: Int
    /// Where it left the line that it hangs on.
    package let from: Milliseconds
    package let to: Milliseconds
    /// The statements between, oldest first.
    package let statements: [String]

    package init(
        name: String, kind: Kind, depth: Int, from: Milliseconds, to: Milliseconds,
        statements: [String]
    ) {
        self.name = name
        self.kind = kind
        self.depth = depth
        self.from = from
        self.to = to
        self.statements = statements
    }
}

/// An object that two worlds do not have alike.
package struct ObjectDifference: Sendable {
    package let info: KindDescriptor
    package let key: ObjectKey
    /// Nil where the first world has none.
    package let old: Value?
    /// Nil where the second world has none.
    package let new: Value?

    package init(info: KindDescriptor, key: ObjectKey, old: Value?, new: Value?) {
        self.info = info
        self.key = key
        self.old = old
        self.new = new
    }
}

extension SessionControl {
    /// Goes back in time; nil where nobody can.
    package var timeControl: (any TimeControl)? { nil }
}

extension VerbContext {
    /// The session's past. Throws where it has none.
    func past() throws(VerbError) -> any TimeControl {
        if clock.standsStill {
            throw .message(
                "a deferred block acts in one instant: it cannot leave it for another")
        }
        if let past = session.timeControl { return past }
        throw .message("this world cannot go back in time")
    }
}
