/// Base64 with the standard alphabet and padding (RFC 4648), as Secrets and `base64decode` use it.
public enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text that stands for the bytes, padded.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                for shift in [18, 12, 6, 0] {
                    text.append(alphabet[Int(group >> UInt32(shift) & 63)])
                }
                group = 0
                count = 0
            }
        }
        if count > 0 {
            group <<= UInt32(8 * (3 - count))
            for index in 0...count {
                text.append(alphabet[Int(group >> UInt32(18 - 6 * index) & 63)])
            }
            text += repeatElement(UInt8(ascii: "="), count: 3 - count)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` stands for; line breaks in it are skipped, as Go does. Nil where it
    /// has other characters or wrong padding.
    public static func decode(_ text: String) -> [UInt8]? {
        let decoded = decodePrefix(text.utf8.filter { $0 != 0x0D }, allowsSeveral: false)
        return decoded.isWhole ? decoded.bytes : nil
    }

    /// The bytes that a text stands for as far as it is base64, and whether it is to its end. Newlines
    /// are skipped.
    ///
    /// - Parameters:
    ///   - ignoresGarbage: whether other characters are skipped too.
    ///   - allowsSeveral: whether more may follow a padded group, as in texts put together.
    package static func decodePrefix(
        _ text: some Sequence<UInt8>, ignoresGarbage: Bool = false, allowsSeveral: Bool = true
    ) -> (bytes: [UInt8], isWhole: Bool) {
        var bytes: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        var padding = 0
        var isOver = false
        /// Adds the bytes of the digits since the last whole group.
        func close() {
            let digits = count - padding
            let aligned = group << UInt32(6 * (4 - count))
            for index in 0..<max(0, digits - 1) {
                bytes.append(UInt8(truncatingIfNeeded: aligned >> UInt32(16 - 8 * index)))
            }
        }
        for character in text where character != 0x0A {
            if isOver { return (bytes, false) }
            if character == UInt8(ascii: "=") {
                guard count >= 2 else { return (bytes, false) }
                padding += 1
                group <<= 6
            } else if let digit = digit(character) {
                guard padding == 0 else {
                    count -= padding
                    group >>= UInt32(6 * padding)
                    padding = 0
                    close()
                    return (bytes, false)
                }
                group = group << 6 | UInt32(digit)
            } else if ignoresGarbage {
                continue
            } else {
                close()
                return (bytes, false)
            }
            count += 1
            if count == 4 {
                close()
                isOver = padding > 0 && !allowsSeveral
                (group, count, padding) = (0, 0, 0)
            }
        }
        if count == 0 { return (bytes, true) }
        close()
        return (bytes, false)
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
