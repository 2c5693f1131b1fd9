import Testing

@testable import LanguageServer

@Suite("Positions")
struct LineTableTests {
    /// A line with characters of one, two, three and four bytes; the last has two units of UTF-16.
    private let text = "aé漢🚢z\nsecond\r\nthird\rfourth"

    @Test(
        "count UTF-16 units, bytes or scalars",
        arguments: [
            (PositionEncoding.utf16, [0, 1, 2, 3, 5, 6]), (.utf8, [0, 1, 3, 6, 10, 11]),
            (.utf32, [0, 1, 2, 3, 4, 5]),
        ])
    func encodings(encoding: PositionEncoding, characters: [Int]) {
        let lines = LineTable(Array(text.utf8))
        let offsets = [0, 1, 3, 6, 10, 11]
        for (offset, character) in zip(offsets, characters) {
            let position = Position(line: 0, character: character)
            #expect(lines.position(of: offset, encoding) == position)
            #expect(lines.offset(of: position, encoding) == offset)
        }
    }

    @Test("know the three ends of lines, and there and back is the same place")
    func lines() {
        let lines = LineTable(Array(text.utf8))
        #expect(lines.starts.count == 4)
        #expect((0..<4).map { lines.text(ofLine: $0) } == ["aé漢🚢z", "second", "third", "fourth"])
        for line in 0..<4 {
            let range = lines.range(ofLine: line)
            let position = lines.position(of: range.upperBound, .utf16)
            #expect(position.line == line)
            #expect(lines.offset(of: position, .utf16) == range.upperBound)
        }
    }

    @Test("inside a character mean its beginning, behind a line or the text its end")
    func clamping() {
        let lines = LineTable(Array(text.utf8))
        #expect(lines.offset(of: Position(line: 0, character: 4), .utf16) == 6)
        #expect(lines.position(of: 8, .utf16) == Position(line: 0, character: 3))
        #expect(lines.offset(of: Position(line: 0, character: 99), .utf16) == 11)
        #expect(lines.offset(of: Position(line: 99, character: 0), .utf16) == text.utf8.count)
        #expect(lines.offset(of: Position(line: 1, character: 99), .utf16) == 18)
        #expect(LineTable([]).offset(of: Position(line: 0, character: 3), .utf16) == 0)
    }
}
