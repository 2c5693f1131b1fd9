/// What stands beside an operator: a variable of the function at work or a small integer, which are
/// read where they stand, or any other expression, which is a node.
///
/// Most operands are plain, and a visit to a node takes longer than their addition. Four bytes, as a
/// ``NodeIndex`` has: a bit for integers, a bit for nodes, and the rest.
struct Operand: Sendable {
    enum Kind {
        case local(Slot)
        case integer(Int64)
        case node(NodeIndex)
    }

    private let raw: UInt32

    private static let integerBit: UInt32 = 1 << 31
    private static let nodeBit: UInt32 = 1 << 30

    /// The operand that `node`, at `index`, is.
    init(_ node: Node, at index: NodeIndex) {
        if case .expression(.variable(.local(let slot))) = node, slot.raw < Self.nodeBit {
            raw = slot.raw
        } else if case .expression(.integer(let number)) = node,
            -(1 << 30)..<(1 << 30) ~= number
        {
            raw = UInt32(truncatingIfNeeded: number) | Self.integerBit
        } else {
            precondition(index.raw < Self.nodeBit, "a script has too many parts")
            raw = index.raw | Self.nodeBit
        }
    }

    @inline(__always)
    var kind: Kind {
        if raw & Self.integerBit != 0 {
            // The bit below gives the sign.
            return .integer(Int64(Int32(bitPattern: raw << 1) >> 1))
        }
        if raw & Self.nodeBit != 0 { return .node(NodeIndex(raw: raw ^ Self.nodeBit)) }
        return .local(Slot(raw: raw))
    }
}
