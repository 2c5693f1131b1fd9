/// Base64 with the standard alphabet and padding (RFC 4648), as Secrets and `base64decode` use it.
public enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

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
        var bytes: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        var padding = 0
        for character in text.utf8 where character != 0x0A && character != 0x0D {
            if character == UInt8(ascii: "=") {
                padding += 1
                group <<= 6
            } else {
                guard padding == 0, let digit = digit(character) else { return nil }
                group = group << 6 | UInt32(digit)
            }
            count += 1
            if count == 4 {
                guard padding <= 2 else { return nil }
                let decoded = [group >> 16, group >> 8, group].map { UInt8(truncatingIfNeeded: $0) }
                bytes += decoded.prefix(3 - padding)
                group = 0
                count = 0
                // Nothing may follow a padded group.
                if padding > 0 { padding = 3 }
            } else if padding > 2 {
                return nil
            }
        }
        return count == 0 ? bytes : nil
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
