import Support

/// Searching in texts by bytes.
enum Search {
    static func contains(_ text: String, _ part: String) -> Bool {
        firstIndex(of: Array(part.utf8), in: Array(text.utf8), from: 0) != nil
    }

    /// The offset of the first occurrence of `part` at or after `start`. The empty text is found at
    /// once.
    static func firstIndex(of part: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return start <= text.count ? start : nil }
        var place = start
        let last = text.count - part.count
        while place <= last {
            if text[place] == first, text[place..<(place + part.count)].elementsEqual(part) {
                return place
            }
            place += 1
        }
        return nil
    }

    /// The pieces between the occurrences of `separator`, which is not empty.
    static func split(_ text: String, by separator: String) -> [String] {
        let bytes = Array(text.utf8)
        let mark = Array(separator.utf8)
        var pieces: [String] = []
        var start = 0
        while !StopRequest.isMade, let place = firstIndex(of: mark, in: bytes, from: start) {
            pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + mark.count
        }
        pieces.append(String(decoding: bytes[start...], as: UTF8.self))
        return pieces
    }

    /// The words between blanks and line ends.
    static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
