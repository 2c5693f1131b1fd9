import Syntax
import Value

/// How a client counts characters within a line.
enum PositionEncoding: String {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case utf32 = "utf-32"
}

/// A place as the protocol counts: both from 0.
struct Position: Hashable, Comparable {
    var line: Int
    var character: Int

    static func < (left: Position, right: Position) -> Bool {
        (left.line, left.character) < (right.line, right.character)
    }

    var value: Value { ["line": Value(line), "character": Value(character)] }
}

/// The lines of a text, to turn positions into offsets and back.
///
/// A line ends as the protocol has it: with LF, CR LF or CR.
struct LineTable {
    let bytes: [UInt8]
    /// Where each line begins.
    let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                guard byte == 0x0A || byte == 0x0D else { continue }
                if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
                starts.append(index)
            }
        }
        self.starts = starts
    }

    /// The bytes of a line without its end.
    func range(ofLine line: Int) -> Range<Int> {
        let start = starts[line]
        var end = line + 1 < starts.count ? starts[line + 1] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    func text(ofLine line: Int) -> String {
        String(decoding: bytes[range(ofLine: line)], as: UTF8.self)
    }

    /// The line that holds an offset.
    func line(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The offset of a position. What lies behind the end of a line or of the text counts as that end; a
    /// position inside a character as its beginning.
    func offset(of position: Position, _ encoding: PositionEncoding) -> Int {
        guard position.line >= 0 else { return 0 }
        guard position.line < starts.count else { return bytes.count }
        let line = range(ofLine: position.line)
        var units = 0
        var offset = line.lowerBound
        while offset < line.upperBound {
            let length = min(Self.length(ofCharacterAt: bytes[offset]), line.upperBound - offset)
            let width = Self.width(length, encoding)
            if units + width > position.character { break }
            units += width
            offset += length
        }
        return offset
    }

    /// The position of an offset; one inside a character counts as its beginning.
    func position(of offset: Int, _ encoding: PositionEncoding) -> Position {
        let offset = min(max(offset, 0), bytes.count)
        let line = line(at: offset)
        var units = 0
        var place = starts[line]
        while place < offset {
            let length = Self.length(ofCharacterAt: bytes[place])
            if place + length > offset { break }
            units += Self.width(length, encoding)
            place += length
        }
        return Position(line: line, character: units)
    }

    /// How many bytes a character has that begins with this byte.
    private static func length(ofCharacterAt byte: UInt8) -> Int {
        if byte < 0x80 { return 1 }
        return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    }

    private static func width(_ length: Int, _ encoding: PositionEncoding) -> Int {
        switch encoding {
        case .utf8: length
        case .utf16: length == 4 ? 2 : 1
        case .utf32: 1
        }
    }
}
