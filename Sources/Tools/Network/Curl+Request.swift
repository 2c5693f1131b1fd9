import Value

// The request that the options of `curl` make.
extension Curl {
    var hasOwnHost: Bool {
        options.values("H").contains { $0.lowercased().hasPrefix("host:") }
    }

    func request(to address: WebAddress) throws(ToolStop) -> WebRequest {
        var request = WebRequest()
        request.target = address.target
        request.isSecure = address.isSecure
        request.host = address.hostHeader
        request.headers = [("User-Agent", options.value("A") ?? "curl/8.5.0"), ("Accept", "*/*")]
        if let user = options.value("u") ?? address.user {
            request.headers.insert(("Authorization", "Basic \(Base64.encode(user.utf8))"), at: 0)
        }
        if let referer = options.value("e") { request.headers.append(("Referer", referer)) }
        for line in options.values("H") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = String(line[..<colon])
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            request.headers.removeAll { $0.name.lowercased() == name.lowercased() }
            if name.lowercased() == "host" {
                request.host = String(value)
            } else if !value.isEmpty {
                request.headers.append((name, String(value)))
            }
        }
        let data = try data()
        if let data {
            if options.has("G") {
                request.target += (request.target.contains("?") ? "&" : "?") + data.text
            } else {
                request.method = "POST"
                request.body = data
                request.headers.append(("Content-Length", String(data.count)))
                if request.header("Content-Type") == nil {
                    request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
                }
            }
        }
        if options.has("I") { request.method = "HEAD" }
        if let method = options.value("X") { request.method = method }
        return request
    }

    /// The data of all options, joined; nil without any.
    private func data() throws(ToolStop) -> [UInt8]? {
        var parts: [[UInt8]] = []
        for (id, value) in options.found where ["d", "data-binary", "data-raw"].contains(id) {
            guard value.hasPrefix("@"), id != "data-raw" else {
                parts.append(Array(value.utf8))
                continue
            }
            do throws(ToolFileProblem) {
                var bytes = Array(try call.open(String(value.dropFirst())).readAll())
                if id == "d" { bytes.removeAll { $0 == 0x0A || $0 == 0x0D } }
                parts.append(bytes)
            } catch {
                call.complain(
                    "option \(id == "d" ? "-d" : "--\(id)"): error encountered when reading a file")
                throw .status(26)
            }
        }
        return parts.isEmpty ? nil : Array(parts.joined(separator: [UInt8(ascii: "&")]))
    }
}
