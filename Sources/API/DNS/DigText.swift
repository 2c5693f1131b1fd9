import Model
import Support
import Value

/// An answer of DNS as `dig` prints it.
package struct DigText {
    /// What stood behind `dig`.
    let words: [String]
    /// The parts that are shown.
    let parts: Set<String>
    let now: Milliseconds

    package static let allParts: Set<String> = [
        "cmd", "comments", "question", "answer", "authority", "additional", "stats",
    ]

    package init(words: [String], parts: Set<String>, now: Milliseconds) {
        self.words = words
        self.parts = parts
        self.now = now
    }

    /// All of an answer that is shown.
    package func text(_ response: DNSResponse) -> String {
        let hasComments = parts.contains("comments")
        // Sections stand apart where they have headings.
        let end = hasComments ? "\n" : ""
        var text = parts.contains("cmd") ? command : ""
        if hasComments { text += header(response) }
        if parts.contains("question") {
            text += hasComments ? ";; QUESTION SECTION:\n" : ""
            text += question(response) + "\n" + end
        }
        for (part, records) in [
            ("answer", response.answers), ("authority", response.authority),
            ("additional", response.additional),
        ] where parts.contains(part) && !records.isEmpty {
            text += hasComments ? ";; \(part.uppercased()) SECTION:\n" : ""
            text += records.map { Self.line($0) + "\n" }.joined() + end
        }
        if parts.contains("stats") { text += statistics(response) + "\n" }
        return text
    }

    private var command: String {
        "\n; <<>> DiG 9.18 <<>> \(words.joined(separator: " "))\n;; global options: +cmd\n"
    }

    private func header(_ response: DNSResponse) -> String {
        let flags = response.isAuthoritative ? "qr aa rd" : "qr rd ra"
        var text =
            ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: \(response.status.rawValue), "
            + "id: \(identifier(response))\n"
            + ";; flags: \(flags); QUERY: 1, ANSWER: \(response.answers.count), "
            + "AUTHORITY: \(response.authority.count), "
            + "ADDITIONAL: \(response.additional.count + 1)\n"
        if response.isAuthoritative {
            text += ";; WARNING: recursion requested but not available\n"
        }
        return text + "\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n"
    }

    /// The number of the query: the same in every run.
    private func identifier(_ response: DNSResponse) -> UInt64 {
        var hash = StableHash()
        hash.combine(response.name)
        hash.combine(response.type.rawValue)
        hash.combine(UInt64(now))
        return hash.value & 0xFFFF
    }

    private func question(_ response: DNSResponse) -> String {
        Self.columns([(";\(response.name)", 0), ("IN", 32), (response.type.rawValue, 40)])
    }

    private static func line(_ record: DNSRecord) -> String {
        columns([
            (record.name, 0), (String(record.ttlSeconds), 24), ("IN", 32),
            (record.type.rawValue, 40), (record.data, 48),
        ])
    }

    /// Words brought to columns by tabs; a word that comes too late stands behind one blank.
    /// Source: BIND, dns_master_style_debug (columns 24, 32, 40 and 48, tabs of 8).
    private static func columns(_ words: [(text: String, column: Int)]) -> String {
        var line = ""
        var width = 0
        for (text, column) in words {
            if width > 0 {
                if width >= column {
                    line += " "
                    width += 1
                } else {
                    line += String(repeating: "\t", count: (column - width + 7) / 8)
                    width = column
                }
            }
            line += text
            width += text.utf8.count
        }
        return line
    }

    private func statistics(_ response: DNSResponse) -> String {
        let address = ClusterZone.serverAddress
        return ";; Query time: 0 msec\n;; SERVER: \(address)#53(\(address)) (UDP)\n"
            + ";; WHEN: \(Self.date(Timestamp(worldTime: now)))\n"
            + ";; MSG SIZE  rcvd: \(response.wireBytes)\n"
    }

    /// `Wed Jan 01 00:00:05 UTC 2025`.
    private static func date(_ time: Timestamp) -> String {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let text = time.text
        let month = Int(text.dropFirst(5).prefix(2)) ?? 1
        let day = Int(time.milliseconds / 86_400_000 % 7)
        return "\(days[day]) \(months[month - 1]) \(text.dropFirst(8).prefix(2)) "
            + "\(text.dropFirst(11).prefix(8)) UTC \(text.prefix(4))"
    }
}
