import Support
import Value

extension DescriptionWriter {
    /// `Liveness:  http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`.
    mutating func probe(_ title: String, _ probe: Value) {
        guard !probe.isNull else { return }
        line(2, "\(title):\t\(probeText(probe))")
    }
}

/// Source: kubectl, DescribeProbe.
private func probeText(_ probe: Value) -> String {
    let timing =
        "delay=\(probe[.initialDelaySeconds].cellInt)s timeout=\(probe[.timeoutSeconds].cellInt)s"
        + " period=\(probe[.periodSeconds].cellInt)s #success=\(probe[.successThreshold].cellInt)"
        + " #failure=\(probe[.failureThreshold].cellInt)"
    let http = probe[.httpGet]
    let socket = probe[.tcpSocket]
    let grpc = probe[.grpc]
    if !probe[.exec].isNull { return "exec \(bracketed(probe[.exec][.command])) \(timing)" }
    if !http.isNull { return "http-get \(urlText(http)) \(timing)" }
    if !socket.isNull {
        return "tcp-socket \(socket[.host].cellText):\(socket[.port].cellText) \(timing)"
    }
    if !grpc.isNull {
        return "grpc <pod>:\(grpc[.port].cellInt) \(grpc[.service].cellText) \(timing)"
    }
    return "unknown \(timing)"
}

/// The address of an HTTP probe as Go's net/url writes it.
private func urlText(_ get: Value) -> String {
    let scheme = get[.scheme].cellText.lowercased()
    let port = get[.port].cellText
    let host = get[.host].cellText
    let address = port.isEmpty ? host : hostAndPort(host, port)
    var path = escapedPath(get[.path].cellText)
    if !path.isEmpty, !path.hasPrefix("/"), !address.isEmpty { path = "/" + path }
    let front = scheme.isEmpty ? "" : "\(scheme):"
    return front + (address.isEmpty && scheme.isEmpty ? "" : "//\(address)") + path
}

/// Percent signs for what a path may not hold, among them the question mark.
private func escapedPath(_ path: String) -> String {
    let plain = Set("-_.~$&+,/:;=@".utf8)
    let digits = Array("0123456789ABCDEF")
    var result = ""
    for byte in path.utf8 {
        let isAlphanumeric =
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        if isAlphanumeric || plain.contains(byte) {
            result.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
    }
    return result
}
