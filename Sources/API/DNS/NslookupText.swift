/// An answer of DNS as busybox' `nslookup` prints it.
package enum NslookupText {
    /// The text, and whether there was an answer.
    ///
    /// - Parameter name: what was asked for: a name or an address.
    package static func text(
        of response: DNSResponse, asked name: String
    ) -> (text: String, isFound: Bool) {
        var text =
            "Server:\t\t\(ClusterZone.serverAddress)\nAddress:\t\(ClusterZone.serverAddress):53\n\n"
        if response.status != .noError {
            let shown = DNSName.reverse(of: name).map(bare) ?? name
            text += "** server can't find \(shown): \(response.status.rawValue)\n\n"
            return (text, false)
        }
        if response.answers.isEmpty {
            return (text + "*** Can't find \(name): No answer\n\n", false)
        }
        for record in response.answers { text += line(record) + "\n" }
        return (text + "\n", true)
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
