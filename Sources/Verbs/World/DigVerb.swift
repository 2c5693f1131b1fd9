import API
import Model
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

    private static let allParts = DigText.allParts
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
        var words = call.arguments
        if call.flags.has("reverse") { words += ["-x", call.flags.string("reverse")] }
        output.write(
            DigText(words: words, parts: parts, now: call.context.clock.now).text(response))
    }
}
