/// Addresses, networks and URLs.
enum CELNetworkCalls {
    static func call(_ function: CELNetworkFunction, _ arguments: [CELValue]) -> CELValue {
        switch arguments.first {
        case .string(let text)?: parse(function, text)
        case .foreign(let foreign)?:
            switch foreign.content {
            case .address(let address): ask(function, address)
            case .network(let network): ask(function, network, arguments)
            case .url(let url): ask(function, url)
            case .quantity, .version, .format, .authorizer: .noSuchOverload
            }
        default: .noSuchOverload
        }
    }

    /// The address that a text stands for, without those that stand for others.
    private static func address(_ text: String) -> Result<CELAddress, CELFault> {
        let quoted = CELQuoting.go(text)
        do {
            let address = try CELAddress(parsing: text)
            if address.isMapped {
                return .failure(.failed("IPv4-mapped IPv6 address \(quoted) is not allowed"))
            }
            return .success(address)
        } catch {
            if error.message.hasSuffix("with zone value is not allowed") {
                return .failure(.failed(error.message))
            }
            return .failure(
                .failed(
                    "IP Address \(quoted) parse error during conversion from string: "
                        + error.message))
        }
    }

    private static func network(_ text: String) -> Result<CELNetwork, CELFault> {
        let context = "network address parse error during conversion from string: "
        do {
            let network = try CELNetwork(parsing: text)
            if network.address.isMapped {
                return .failure(
                    .failed(
                        "\(context)IPv4-mapped IPv6 address \(CELQuoting.go(text)) is not allowed"))
            }
            return .success(network)
        } catch {
            return .failure(.failed(context + context + error.message))
        }
    }

    private static func value<Read>(
        _ result: Result<Read, CELFault>, _ make: (Read) -> CELForeign.Content
    ) -> CELValue {
        switch result {
        case .success(let read): .foreign(CELForeign(make(read)))
        case .failure(let fault): .error(fault)
        }
    }

    private static func isThere<Read>(_ result: Result<Read, CELFault>) -> CELValue {
        if case .success = result { return .bool(true) }
        return .bool(false)
    }

    private static func parse(_ function: CELNetworkFunction, _ text: String) -> CELValue {
        switch function {
        case .ip: return value(address(text)) { .address($0) }
        case .isIP: return isThere(address(text))
        case .isCanonical:
            switch address(text) {
            case .success(let address): return .bool(address.text.isSame(as: text))
            case .failure(let fault): return .error(fault)
            }
        case .cidr: return value(network(text)) { .network($0) }
        case .isCIDR: return isThere(network(text))
        case .isURL: return .bool((try? CELURL(parsing: text)) != nil)
        case .url:
            do {
                return .foreign(CELForeign(.url(try CELURL(parsing: text))))
            } catch {
                return .failed("URL parse error during conversion from string: \(error.message)")
            }
        case .family, .isUnspecified, .isLoopback, .isLinkLocalMulticast, .isLinkLocalUnicast,
            .isGlobalUnicast, .containsIP, .containsCIDR, .prefixLength, .masked, .getScheme,
            .getHost, .getHostname, .getPort, .getEscapedPath, .getQuery:
            return .noSuchOverload
        }
    }

    private static func ask(_ function: CELNetworkFunction, _ address: CELAddress) -> CELValue {
        switch function {
        case .family: .int(address.isV4 ? 4 : 6)
        case .isUnspecified: .bool(address.isUnspecified)
        case .isLoopback: .bool(address.isLoopback)
        case .isLinkLocalMulticast: .bool(address.isLinkLocalMulticast)
        case .isLinkLocalUnicast: .bool(address.isLinkLocalUnicast)
        case .isGlobalUnicast: .bool(address.isGlobalUnicast)
        case .ip, .isIP, .isCanonical, .cidr, .isCIDR, .containsIP, .containsCIDR, .prefixLength,
            .masked, .url, .isURL, .getScheme, .getHost, .getHostname, .getPort, .getEscapedPath,
            .getQuery:
            .noSuchOverload
        }
    }

    private static func ask(
        _ function: CELNetworkFunction, _ network: CELNetwork, _ arguments: [CELValue]
    ) -> CELValue {
        switch function {
        case .ip: return .foreign(CELForeign(.address(network.address)))
        case .prefixLength: return .int(Int64(network.length))
        case .masked: return .foreign(CELForeign(.network(network.masked)))
        case .containsIP, .containsCIDR:
            guard arguments.count == 2 else { return .noSuchOverload }
            return contains(function, network, arguments[1])
        case .isIP, .isCanonical, .family, .isUnspecified, .isLoopback, .isLinkLocalMulticast,
            .isLinkLocalUnicast, .isGlobalUnicast, .cidr, .isCIDR, .url, .isURL, .getScheme,
            .getHost, .getHostname, .getPort, .getEscapedPath, .getQuery:
            return .noSuchOverload
        }
    }

    private static func contains(
        _ function: CELNetworkFunction, _ network: CELNetwork, _ other: CELValue
    ) -> CELValue {
        var other = other
        if case .string(let text) = other {
            other =
                function == .containsIP
                ? value(address(text)) { .address($0) } : value(self.network(text)) { .network($0) }
            if case .error = other { return other }
        }
        guard case .foreign(let foreign) = other else { return .noSuchOverload }
        switch (function, foreign.content) {
        case (.containsIP, .address(let address)): return .bool(network.contains(address))
        case (.containsCIDR, .network(let inner)): return .bool(network.contains(inner))
        default: return .noSuchOverload
        }
    }

    private static func ask(_ function: CELNetworkFunction, _ url: CELURL) -> CELValue {
        switch function {
        case .getScheme: return .string(url.scheme)
        case .getHost: return .string(url.host)
        case .getHostname: return .string(url.hostname)
        case .getPort: return .string(url.port)
        case .getEscapedPath: return .string(url.escapedPath)
        case .getQuery:
            var entries = CELEntries()
            for (name, values) in url.queryValues {
                _ = CELEntries.add(
                    &entries, .string(name), .list(values.map { .string($0) }))
            }
            return .map(.entries(entries))
        case .ip, .isIP, .isCanonical, .family, .isUnspecified, .isLoopback,
            .isLinkLocalMulticast, .isLinkLocalUnicast, .isGlobalUnicast, .cidr, .isCIDR,
            .containsIP, .containsCIDR, .prefixLength, .masked, .url, .isURL:
            return .noSuchOverload
        }
    }
}
