import Testing

@testable import LanguageServer

@Suite("Messages in a stream")
struct MessageReaderTests {
    private func parts(_ chunks: [String]) -> [MessageReader.Part] {
        var reader = MessageReader()
        var parts: [MessageReader.Part] = []
        for chunk in chunks {
            reader.add(Array(chunk.utf8))
            while let part = reader.next() { parts.append(part) }
        }
        return parts
    }

    private func message(_ text: String) -> MessageReader.Part { .message(Array(text.utf8)) }

    @Test("are cut wherever the stream was")
    func cutting() {
        let stream = "Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: x\r\n\r\n[1]"
        let wanted = [message("{}"), message("[1]")]
        #expect(parts([stream]) == wanted)
        #expect(parts(stream.map(String.init)) == wanted)
        let middle = stream.index(stream.startIndex, offsetBy: 30)
        #expect(parts([String(stream[..<middle]), String(stream[middle...])]) == wanted)
        #expect(parts(["Content-Length: 2\n\n{}"]) == [message("{}")])
        #expect(parts(["Content-Length: 0\r\n\r\n"]) == [message("")])
        #expect(parts(["Content-Length: 5\r\n\r\n{}"]).isEmpty)
    }

    @Test(
        "go on after a header that says nothing",
        arguments: [
            "Hello\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: -2\r\n\r\n",
            "Content-Length:\r\n\r\n", String(repeating: "a", count: 9_000),
        ])
    func broken(header: String) {
        let found = parts([header + "Content-Length: 2\r\n\r\n{}"])
        #expect(found.count == 2 && found.last == message("{}"))
        guard case .broken? = found.first else {
            Issue.record("\(found)")
            return
        }
    }

    @Test("of more than the limit are passed over without being kept")
    func tooLarge() {
        var reader = MessageReader()
        let size = MessageReader.maximumLength + 1
        reader.add(Array("Content-Length: \(size)\r\n\r\n".utf8))
        #expect(reader.next() != nil)
        var left = size
        while left > 0 {
            let count = min(left, 1 << 20)
            reader.add([UInt8](repeating: 32, count: count))
            #expect(reader.next() == nil)
            left -= count
        }
        reader.add(Array("Content-Length: 2\r\n\r\n{}".utf8))
        #expect(reader.next() == message("{}"))
    }
}
