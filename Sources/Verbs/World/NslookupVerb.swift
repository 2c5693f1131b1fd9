import API
import Model
import Value

extension Verb {
    /// `nslookup NAME`, as the one of busybox in a pod.
    static let nslookup: Verb = {
        var verb = Verb(
            "nslookup", group: .world,
            summary: "Look a name up in the cluster's DNS, as a pod would")
        verb.usage = "[-type=TYPE] NAME|ADDRESS [SERVER] [--from pod/NAME] [-n NAMESPACE]"
        verb.examples = [
            "nslookup web", "nslookup web.shop --from pod/client",
            "nslookup -type=srv _http._tcp.web.default.svc.cluster.local",
        ]
        verb.flags =
            [
                Flag(
                    "type", nil, .string, "the type of the records", standard: "a",
                    choices: ["a", "aaaa", "any", "cname", "ptr", "srv"]),
                Flag("query", nil, .string, "another word for --type"),
            ] + NameLookup.flags
        verb.completes = .resources
        verb.hasSingleDashFlags = true
        verb.run = { call in try lookUp(call) }
        return verb
    }()

    private static func lookUp(_ call: VerbCall) throws {
        guard let name = call.arguments.first, call.arguments.count <= 2 else {
            throw VerbError.message("nslookup takes a name, as in: nslookup web.default")
        }
        if call.arguments.count == 2 { try NameLookup.checkServer(call.arguments[1]) }
        let word = call.flags.string(call.flags.has("query") ? "query" : "type")
        guard var type = DNSRecordType(named: word) else {
            throw VerbError.message(
                "\(word) is no type of record; known are "
                    + DNSRecordType.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let lookup = try NameLookup(call)
        var response: DNSResponse
        if let reverse = DNSName.reverse(of: name) {
            type = .ptr
            response = lookup.settings.answer(reverse, type, lookup.dns)
        } else {
            response = lookup.settings.look(up: name, type, in: lookup.dns).response
        }
        let output = call.context.output
        output.write(
            "Server:\t\t\(ClusterZone.serverAddress)\nAddress:\t\(ClusterZone.serverAddress):53\n\n"
        )
        if response.status != .noError {
            let shown = DNSName.reverse(of: name).map(bare) ?? name
            output.write("** server can't find \(shown): \(response.status.rawValue)\n\n")
            throw VerbError.exit(1)
        }
        if response.answers.isEmpty {
            output.write("*** Can't find \(name): No answer\n\n")
            throw VerbError.exit(1)
        }
        for record in response.answers { output.line(line(record)) }
        output.write("\n")
    }

    private static func bare(_ name: String) -> String {
        name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    /// Source: busybox, networking/nslookup.c (parse_reply).
    private static func line(_ record: DNSRecord) -> String {
        let name = bare(record.name)
        let data = bare(record.data)
        switch record.type {
        case .a, .aaaa: return "Name:\t\(name)\nAddress: \(data)"
        case .cname: return "\(name)\tcanonical name = \(data)"
        case .ptr: return "\(name)\tname = \(data)"
        case .srv: return "\(name)\tservice = \(data)"
        case .ns: return "\(name)\tnameserver = \(data)"
        case .txt: return "\(name)\ttext = \(data)"
        case .mx: return "\(name)\tmail exchanger = \(data)"
        case .soa, .any: return "\(name)\t\(record.data)"
        }
    }
}
