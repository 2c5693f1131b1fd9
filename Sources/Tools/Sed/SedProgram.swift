import Patterns

/// A script: its commands in one list, blocks and branches as places in it.
struct SedProgram {
    var commands: [SedCommand] = []
}

/// One command with its addresses.
struct SedCommand {
    var first: SedAddress?
    var second: SedAddress?
    var isNegated = false
    var action: SedAction
}

enum SedAddress {
    case line(Int)
    case last
    /// An empty one is that which was used last: nil.
    case pattern(Pattern?)
    case step(first: Int, every: Int)
    /// `+N` behind a first address.
    case offset(Int)
    /// `~N` behind a first address: up to a line whose number is a multiple.
    case multiple(Int)
    /// `0` before `,/x/`: the range begins before the first line.
    case zero
}

enum SedAction {
    /// Goes on at `end` when the addresses do not hold.
    case block(end: Int)
    case substitute(SedSubstitution)
    case translate([UInt32: UInt32])
    case append([UInt8]), insert([UInt8]), change([UInt8])
    case delete, deleteFirst, print, printFirst, number, next, appendNext
    case hold, appendHold, get, appendGet, exchange, clear, fileName
    /// With the width at which lines wrap; nil stands for the general one.
    case list(Int?)
    case quit(Int32), quitSilently(Int32)
    /// To a place in the list.
    case branch(Int), branchIfReplaced(Int), branchUnlessReplaced(Int)
    case read(String), write(String), writeFirst(String)
    /// A label or the end of a block.
    case nothing
}

/// The `s` command.
struct SedSubstitution {
    /// An empty one is that which was used last: nil.
    var pattern: Pattern?
    var replacement: [SedPiece] = []
    /// The first match that is replaced, counted from 1.
    var which = 1
    var isGlobal = false
    var prints = false
    var file: String?
}

/// A piece of the right side of `s`.
enum SedPiece {
    case text([UInt8])
    /// 0 is the whole match.
    case group(Int)
    case letterCase(SedLetterCase)
}

enum SedLetterCase {
    /// `\U`, `\L` and their end, `\E`.
    case upper, lower, end
    /// `\u` and `\l`, for the next character.
    case nextUpper, nextLower
}
