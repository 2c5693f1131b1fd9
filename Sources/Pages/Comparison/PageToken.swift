/// Words of an output that differ from run to run without meaning anything, in a form that does not.
enum PageToken {
    private static let suffixCharacters = Set("bcdfghjklmnpqrstvwxz2456789")

    /// A name without what chance or a hash has put at its end: `web-7957885594-2wx4l` is `web-#-#`.
    static func name(_ name: String) -> String {
        if let slash = name.lastIndex(of: "/") {
            return String(name[...slash]) + self.name(String(name[name.index(after: slash)...]))
        }
        if name.hasPrefix("pvc-"), name.count > 30 { return "pvc-#" }
        var parts = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let last = parts.last else { return name }
        let isRandom =
            last.count == 5 && last.allSatisfy { $0.isLowercase || $0.isNumber }
            && (last.allSatisfy(suffixCharacters.contains) || last.contains(where: \.isNumber))
        if isRandom {
            parts[parts.count - 1] = "#"
            if parts.count > 2, isHash(parts[parts.count - 2]) { parts[parts.count - 2] = "#" }
        } else if isHash(last) {
            parts[parts.count - 1] = "#"
        }
        return parts.joined(separator: "-")
    }

    /// Whether a word is a hash of a template, such as `7957885594`, `6b7f675859`, or of a job's time.
    static func isHash(_ word: String) -> Bool {
        guard (6...10).contains(word.count), word.contains(where: \.isNumber) else { return false }
        let isOurs = word.allSatisfy { suffixCharacters.contains($0) || $0.isNumber }
        return isOurs || word.allSatisfy(\.isHexDigit) && word.count >= 8
    }

    /// Whether a name ends in something random.
    static func isRandom(_ name: String) -> Bool { self.name(name) != name }

    /// The least and the most seconds that an age stands for; nil where the text is none. Below two units the
    /// last one is cut off: `4m` is 240 up to 300 seconds, `4m44s` is 284.
    static func age(_ text: String) -> ClosedRange<Int64>? {
        var total: Int64 = 0
        var unit: Int64 = 0
        var digits = ""
        var unitCount = 0
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            let units: [Character: Int64] = [
                "s": 1, "m": 60, "h": 3_600, "d": 86_400, "y": 31_536_000,
            ]
            guard let size = units[character], let number = Int64(digits), number < 1_000_000 else {
                return nil
            }
            total += number * size
            unit = size
            unitCount += 1
            digits = ""
        }
        guard unitCount > 0, digits.isEmpty else { return nil }
        return total...(total + unit - 1)
    }

    static func isAddress(_ word: String) -> Bool {
        let host = word.prefix { $0 != ":" && $0 != "/" }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts.allSatisfy({ part in Int(part).map { $0 < 256 } ?? false }) {
            return true
        }
        return word.filter { $0 == ":" }.count > 2 && word.allSatisfy { $0.isHexDigit || $0 == ":" }
    }

    static func isUID(_ word: String) -> Bool {
        word.count == 36 && word.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12]
    }

    static func isTime(_ word: String) -> Bool {
        let clock = word.split(separator: ":")
        if clock.count >= 3, word.allSatisfy({ $0.isNumber || ":TZ.+-".contains($0) }) {
            return true
        }
        return word.count == 10 && word.split(separator: "-").map(\.count) == [4, 2, 2]
    }

    /// A word in the form that means the same in every run.
    static func plain(_ word: String) -> String {
        var body = word[...]
        var (lead, tail) = ("", "")
        while let first = body.first, "\"'([".contains(first) { lead.append(body.removeFirst()) }
        while let last = body.last, "\"')],;:".contains(last) {
            tail = String(body.removeLast()) + tail
        }
        let text = String(body)
        let plain: String
        if age(text) != nil {
            plain = "<age>"
        } else if isAddress(text) {
            plain = "<address>"
        } else if isUID(text) {
            plain = "<uid>"
        } else if isTime(text) {
            plain = "<time>"
        } else {
            plain = name(text)
        }
        return lead + plain + tail
    }

    /// A line in that form, blanks as one.
    static func plainLine(_ line: String) -> String {
        PageText.words(line).map(plain).joined(separator: " ")
    }
}
