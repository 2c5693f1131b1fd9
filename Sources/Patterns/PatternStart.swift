/// What can be said of a match's beginning without running the automaton.
struct PatternStart {
    /// The bytes that a match can begin with; nil when it may be empty.
    private(set) var firstBytes: [Bool]?
    /// Whether every match begins where the text does.
    private(set) var isAnchored = true

    init(_ states: [PatternState], _ sets: [CharacterSet]) {
        var bytes = [Bool](repeating: false, count: 256)
        var isEmptyPossible = false
        // A state is looked at again when it is also reached without asking for the text's start.
        var isKnown = [Bool](repeating: false, count: 2 * states.count)
        // A state, and whether the way to it asked for the start of the text.
        var open = [(0, false)]
        while let (state, anchored) = open.popLast() {
            let visit = 2 * state + (anchored ? 1 : 0)
            if isKnown[visit] { continue }
            isKnown[visit] = true
            switch states[state] {
            case .character(let character):
                if !anchored { isAnchored = false }
                Self.mark(character, in: &bytes)
            case .set(let number):
                if !anchored { isAnchored = false }
                for byte in 0..<128 where sets[number].contains(UInt32(byte)) { bytes[byte] = true }
                for byte in 128..<256 { bytes[byte] = true }
            case .split(let one, let other): open += [(one, anchored), (other, anchored)]
            case .jump(let target): open.append((target, anchored))
            case .save: open.append((state + 1, anchored))
            case .assertion(.textStart): open.append((state + 1, true))
            case .assertion: open.append((state + 1, anchored))
            case .matched:
                if !anchored { isAnchored = false }
                isEmptyPossible = true
            }
        }
        firstBytes = isEmptyPossible ? nil : bytes
    }

    private static func mark(_ character: UInt32, in bytes: inout [Bool]) {
        if character < 128 {
            bytes[Int(character)] = true
        } else {
            for byte in 128..<256 { bytes[byte] = true }
        }
    }
}
