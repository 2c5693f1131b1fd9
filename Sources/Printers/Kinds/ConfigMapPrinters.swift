import Support
import Value

extension KindPrinter {
    static let configMap = KindPrinter(table: .configMap, description: .configMap)
    static let secret = KindPrinter(table: .secret, description: .secret)
    static let serviceAccount = KindPrinter(table: .serviceAccount, description: .serviceAccount)
}

extension Table {
    static let configMap = Table(
        .name,
        TableColumn("DATA") { object, _ in
            String(object[.data].count + object[.binaryData].count)
        },
        .age)

    static let secret = Table(
        .name,
        .text("TYPE") { $0[.type] },
        TableColumn("DATA") { object, _ in String(object[.data].count) },
        .age)

    static let serviceAccount = Table(.name, .age)
}

extension Description {
    static let configMap = Description { configMap, _, writer in
        writer.heading(configMap)
        writer.labelsAndAnnotations(configMap)
        writer.line(0, "\nData\n====")
        for field in configMap[.data].fields.sortedByName {
            writer.line(0, "\(field.key.name):\n----")
            writer.line(0, field.value.cellText)
            writer.line(0, "")
        }
        writer.line(0, "\nBinaryData\n====")
        for field in configMap[.binaryData].fields.sortedByName {
            writer.line(0, "\(field.key.name): \(decodedCount(field.value.cellText)) bytes")
        }
        writer.line(0, "")
    }

    static let secret = Description(hasEvents: false) { secret, _, writer in
        writer.heading(secret)
        writer.labelsAndAnnotations(secret)
        writer.line(0, "\nType:\t\(secret[.type].cellText)")
        writer.line(0, "\nData\n====")
        let isToken = secret[.type].string == "kubernetes.io/service-account-token"
        for field in secret[.data].fields.sortedByName {
            let name = field.key.name
            let content = field.value.cellText
            if isToken, name == "token" {
                let bytes = base64Decoded(content) ?? []
                writer.line(0, "\(name):\t\(String(decoding: bytes, as: UTF8.self))")
            } else {
                writer.line(0, "\(name):\t\(decodedCount(content)) bytes")
            }
        }
    }

    static let serviceAccount = Description { account, _, writer in
        writer.heading(account)
        writer.labelsAndAnnotations(account)
        let title = "Image pull secrets:"
        let names = account[.imagePullSecrets].elements.map { $0[.name].cellText }
        if names.isEmpty { writer.line(0, "\(title)\t<none>") }
        for (index, name) in names.enumerated() {
            let front = index == 0 ? title : String(repeating: " ", count: title.count)
            writer.line(0, "\(front)\t\(name)")
        }
    }
}

/// How many bytes a base64 text stands for.
private func decodedCount(_ text: String) -> Int {
    let digits = text.utf8.count { $0 != UInt8(ascii: "=") && $0 > 0x20 }
    return digits * 3 / 4
}

/// The bytes of a base64 text; nil when it is none.
private func base64Decoded(_ text: String) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var bytes: [UInt8] = []
    var buffer = 0
    var bits = 0
    for character in text.utf8 where character != UInt8(ascii: "=") && character > 0x20 {
        guard let digit = alphabet.firstIndex(of: character) else { return nil }
        buffer = buffer << 6 | digit
        bits += 6
        guard bits >= 8 else { continue }
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
        buffer &= (1 << bits) - 1
    }
    return bytes
}
