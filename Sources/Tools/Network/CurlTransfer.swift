/// One URL on its way: what came of it, for `-w` and for the next attempt.
struct CurlTransfer {
    /// Where the last request went.
    var address: WebAddress
    /// Which of the URLs it is, from 0.
    let place: Int
    var reply: WebClient.Reply?
    var failure: WebClient.Failure?
    /// Whether `-f` made an error of the status.
    var isRefused = false
    var redirects = 0
    /// Milliseconds of all requests.
    var total: Int64 = 0
    /// Bytes of the body that was taken.
    var size = 0

    init(address: WebAddress, place: Int) {
        self.address = address
        self.place = place
    }

    /// The text of `-w`: `%{http_code}` and its like, `\n`, `\t`, `\r`.
    func text(_ format: String, status: Int32) -> String {
        var text = ""
        var rest = format[...]
        while let next = rest.popFirst() {
            if next == "\\", let letter = rest.popFirst() {
                switch letter {
                case "n": text += "\n"
                case "t": text += "\t"
                case "r": text += "\r"
                default: text += "\\\(letter)"
                }
            } else if next == "%", rest.first == "%" {
                rest.removeFirst()
                text += "%"
            } else if next == "%", rest.first == "{", let end = rest.firstIndex(of: "}") {
                let name = String(rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
                text += value(name, status) ?? ""
            } else {
                text.append(next)
            }
        }
        return text
    }

    /// What stands for a name; nil for one that has no value here.
    private func value(_ name: String, _ status: Int32) -> String? {
        switch name {
        case "http_code", "response_code":
            let text = String(reply?.answer.status ?? 0)
            return String(repeating: "0", count: max(0, 3 - text.count)) + text
        case "time_total": return Self.seconds(total)
        case "time_namelookup": return Self.seconds(reply?.looked ?? 0)
        case "time_connect", "time_appconnect": return Self.seconds(reply?.connected ?? 0)
        case "time_starttransfer": return Self.seconds(reply?.answered ?? 0)
        case "time_pretransfer": return Self.seconds(reply?.connected ?? 0)
        case "remote_ip": return reply?.address
        case "remote_port": return reply.map { String($0.port) }
        case "size_download": return String(size)
        case "url", "url_effective": return address.text
        case "num_redirects": return String(redirects)
        case "redirect_url":
            guard let answer = reply?.answer, let place = answer.header("Location") else {
                return nil
            }
            return address.following(place)?.text
        case "content_type": return reply?.answer.header("Content-Type")
        case "exitcode": return String(status)
        case "scheme": return address.scheme.uppercased()
        case "http_version": return reply == nil ? "0" : "1.1"
        default: return nil
        }
    }

    /// `0.022000`
    private static func seconds(_ milliseconds: Int64) -> String {
        let digits = String(milliseconds % 1000)
        let fraction = String(repeating: "0", count: 3 - digits.count) + digits
        return "\(milliseconds / 1000).\(fraction)000"
    }
}
