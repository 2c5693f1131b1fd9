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
        let (text, isFound) = NslookupText.text(of: response, asked: name)
        call.context.output.write(text)
        if !isFound { throw VerbError.exit(1) }
    }
}
