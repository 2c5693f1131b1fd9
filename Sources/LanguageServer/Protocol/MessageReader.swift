/// Cuts a stream of bytes into messages: header lines, a blank line, and as many bytes as
/// `Content-Length` says.
struct MessageReader {
    /// What came out of the stream.
    enum Part: Equatable {
        case message([UInt8])
        /// A header without a length, or one that is too large; what is wrong.
        case broken(String)
    }

    /// The largest message, in bytes; a larger one is passed over.
    static let maximumLength = 64 << 20
    /// The longest header.
    static let maximumHeader = 8_192

    private var bytes: [UInt8] = []
    private var start = 0
    /// Bytes of a message that is passed over.
    private var skipped = 0

    mutating func add(_ more: some Collection<UInt8>) {
        if start > 1 << 20 || start == bytes.count {
            bytes.removeFirst(start)
            start = 0
        }
        bytes += more
    }

    /// The next part; nil until more bytes come.
    mutating func next() -> Part? {
        if skipped > 0 {
            let count = min(skipped, bytes.count - start)
            start += count
            skipped -= count
            if skipped > 0 { return nil }
        }
        guard let headerEnd = headerEnd() else {
            guard bytes.count - start > Self.maximumHeader else { return nil }
            resynchronise(from: start + 1)
            return .broken("a header of more than \(Self.maximumHeader) bytes")
        }
        let header = bytes[start..<headerEnd.lowerBound]
        guard let length = Self.length(in: header) else {
            resynchronise(from: headerEnd.upperBound)
            return .broken("a header without Content-Length")
        }
        guard length <= Self.maximumLength else {
            start = headerEnd.upperBound
            skipped = length
            return .broken("a message of \(length) bytes; the limit is \(Self.maximumLength)")
        }
        guard bytes.count - headerEnd.upperBound >= length else { return nil }
        let body = Array(bytes[headerEnd.upperBound..<headerEnd.upperBound + length])
        start = headerEnd.upperBound + length
        return .message(body)
    }

    /// The place of the blank line that ends the header. Some clients leave out carriage returns.
    private func headerEnd() -> Range<Int>? {
        var index = start
        let end = min(bytes.count, start + Self.maximumHeader)
        while index < end {
            if bytes[index] == 0x0A {
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index..<index + 2 }
                if index + 2 < bytes.count, bytes[index + 1] == 0x0D, bytes[index + 2] == 0x0A {
                    return index..<index + 3
                }
            }
            index += 1
        }
        return nil
    }

    /// Goes on at the next thing that looks like a header.
    private mutating func resynchronise(from place: Int) {
        let mark = Array("Content-Length:".utf8)
        var index = place
        while index + mark.count <= bytes.count {
            if bytes[index] == mark[0], bytes[index..<index + mark.count].elementsEqual(mark) {
                break
            }
            index += 1
        }
        start = min(index, bytes.count)
    }

    private static func length(in header: ArraySlice<UInt8>) -> Int? {
        for line in String(decoding: header, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2, halves[0].lowercased() == "content-length" else { continue }
            let digits = halves[1].filter { $0 != " " }
            guard let length = Int(digits), length >= 0 else { return nil }
            return length
        }
        return nil
    }
}
