import API
import Model
import Support
import Value

extension Verb {
    /// `dig NAME [TYPE]`, as that of BIND.
    static let dig: Verb = {
        var verb = Verb(
            "dig", group: .world, summary: "Ask the cluster's DNS for records of a name")
        verb.usage =
            "[@SERVER] NAME [TYPE] [+short] [+search] [+noall +answer] [-x ADDRESS] "
            + "[--from pod/NAME] [-n NAMESPACE]"
        verb.examples = [
            "dig +short web.default.svc.cluster.local",
            "dig SRV _http._tcp.web.default.svc.cluster.local", "dig +short -x 10.96.0.1",
            "dig +search +short web.shop",
        ]
        verb.flags =
            [
                Flag("type", "t", .string, "the type of the records"),
                Flag("query", "q", .string, "the name"),
                Flag("reverse", "x", .string, "the address whose name is asked for"),
            ] + NameLookup.flags
        verb.completes = .words(
            DNSRecordType.allCases.map(\.rawValue) + ["+short", "+search", "+noall", "+answer"])
        verb.run = { call in try Dig(call).run() }
        return verb
    }()
}

/// One run of `dig`.
private struct Dig {
    private let call: VerbCall
    private var name: String?
    private var type: DNSRecordType?
    private var isShort = false
    private var searches = false
    /// The parts that are shown: comments, question, answer, authority, additional, stats, cmd.
    private var parts = Self.allParts

    private static let allParts: Set<String> = [
        "cmd", "comments", "question", "answer", "authority", "additional", "stats",
    ]
    /// Options without effect on a simulated network, with or without a value.
    private static let ignored: Set<String> = [
        "tcp", "vc", "notcp", "recurse", "norecurse", "edns", "noedns", "dnssec", "nodnssec",
        "cookie", "nocookie", "multiline", "nomultiline", "ttlid", "time", "timeout", "tries",
        "retry", "ndots", "qr", "noqr", "identify", "noidentify", "ignore", "fail", "nofail",
    ]

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        for word in call.arguments { try take(word) }
        if call.flags.has("query") { name = call.flags.string("query") }
        if call.flags.has("type") { type = try Self.type(call.flags.string("type")) }
        if call.flags.has("reverse") {
            let address = call.flags.string("reverse")
            guard let reverse = DNSName.reverse(of: address) else {
                throw .plain("Invalid IP address \(address)")
            }
            name = reverse
            type = type ?? .ptr
        }
        guard name != nil else {
            throw .message("dig takes a name, as in: dig +short web.default.svc.cluster.local")
        }
    }

    private mutating func take(_ word: String) throws(VerbError) {
        if word.hasPrefix("+") { return try option(String(word.dropFirst())) }
        if word.hasPrefix("@") { return try NameLookup.checkServer(String(word.dropFirst())) }
        if word.uppercased() == "IN" { return }
        // A name can stand before its type or behind it.
        if type == nil, let found = DNSRecordType(named: word) {
            type = found
        } else if name == nil {
            name = word
        } else {
            throw .message("dig asks for one name at a time; found \(name ?? "") and \(word)")
        }
    }

    private mutating func option(_ text: String) throws(VerbError) {
        let word = text.split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
        let isOff = word.hasPrefix("no")
        let plain = isOff ? String(word.dropFirst(2)) : word
        switch plain {
        case "short": isShort = !isOff
        case "search", "defname": searches = !isOff
        case "all": parts = isOff ? [] : Self.allParts
        case _ where Self.allParts.contains(plain):
            if isOff { parts.remove(plain) } else { parts.insert(plain) }
        case _ where Self.ignored.contains(word): break
        default: throw .plain("Invalid option: +\(text)\nUsage: dig \(call.verb.usage)")
        }
    }

    private static func type(_ text: String) throws(VerbError) -> DNSRecordType {
        if let type = DNSRecordType(named: text) { return type }
        throw .plain(";; Warning, ignoring invalid type \(text)")
    }

    func run() throws(VerbError) {
        let lookup = try NameLookup(call)
        let name = name ?? "."
        let response =
            searches
            ? lookup.settings.look(up: name, type ?? .a, in: lookup.dns).response
            : lookup.settings.answer(name, type ?? .a, lookup.dns)
        let output = call.context.output
        if isShort {
            for record in response.answers { output.line(record.data) }
            return
        }
        output.write(text(response))
    }

    // MARK: Text

    private func text(_ response: DNSResponse) -> String {
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
        var words = call.arguments
        if call.flags.has("reverse") { words += ["-x", call.flags.string("reverse")] }
        return "\n; <<>> DiG 9.18 <<>> \(words.joined(separator: " "))\n;; global options: +cmd\n"
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
        hash.combine(UInt64(call.context.clock.now))
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
            + ";; WHEN: \(Self.date(call.context.now))\n"
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
