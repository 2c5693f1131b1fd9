/// Kubernetes' functions of addresses and URLs (apiserver `cel/library`: ip.go, cidr.go, urls.go).
enum CELNetworkFunction: String, CaseIterable, Sendable {
    case ip, isIP, family, isUnspecified, isLoopback, isLinkLocalMulticast, isLinkLocalUnicast
    case isGlobalUnicast
    case isCanonical = "ip.isCanonical"
    case cidr, isCIDR, containsIP, containsCIDR, prefixLength, masked
    case url, isURL, getScheme, getHost, getHostname, getPort, getEscapedPath, getQuery

    var signatures: [String] {
        switch self {
        case .ip: ["(string) -> net.IP", "net.CIDR.() -> net.IP"]
        case .isIP, .isCIDR, .isURL, .isCanonical: ["(string) -> bool"]
        case .family: ["net.IP.() -> int"]
        case .isUnspecified, .isLoopback, .isLinkLocalMulticast, .isLinkLocalUnicast,
            .isGlobalUnicast:
            ["net.IP.() -> bool"]
        case .cidr: ["(string) -> net.CIDR"]
        case .containsIP: ["net.CIDR.(string) -> bool", "net.CIDR.(net.IP) -> bool"]
        case .containsCIDR: ["net.CIDR.(string) -> bool", "net.CIDR.(net.CIDR) -> bool"]
        case .prefixLength: ["net.CIDR.() -> int"]
        case .masked: ["net.CIDR.() -> net.CIDR"]
        case .url: ["(string) -> kubernetes.URL"]
        case .getScheme, .getHost, .getHostname, .getPort, .getEscapedPath:
            ["kubernetes.URL.() -> string"]
        case .getQuery: ["kubernetes.URL.() -> map(string, list(string))"]
        }
    }
}

/// Kubernetes' functions of quantities, versions and formats (apiserver `cel/library`: quantity.go,
/// semverlib.go, format.go).
enum CELMeasureFunction: String, CaseIterable, Sendable {
    case quantity, isQuantity, sign, isInteger, asInteger, asApproximateFloat, add, sub
    case isGreaterThan, isLessThan, compareTo
    case semver, isSemver, major, minor, patch
    case named = "format.named"
    case validate
    case dns1123Label = "format.dns1123Label"
    case dns1123Subdomain = "format.dns1123Subdomain"
    case dns1035Label = "format.dns1035Label"
    case qualifiedName = "format.qualifiedName"
    case dns1123LabelPrefix = "format.dns1123LabelPrefix"
    case dns1123SubdomainPrefix = "format.dns1123SubdomainPrefix"
    case dns1035LabelPrefix = "format.dns1035LabelPrefix"
    case labelValue = "format.labelValue"
    case uri = "format.uri"
    case uuid = "format.uuid"
    case byte = "format.byte"
    case date = "format.date"
    case datetime = "format.datetime"

    /// The format that a function without arguments answers.
    var format: String? {
        switch self {
        case .dns1123Label, .dns1123Subdomain, .dns1035Label, .qualifiedName, .dns1123LabelPrefix,
            .dns1123SubdomainPrefix, .dns1035LabelPrefix, .labelValue, .uri, .uuid, .byte, .date,
            .datetime:
            String(rawValue.dropFirst("format.".utf8.count))
        case .quantity, .isQuantity, .sign, .isInteger, .asInteger, .asApproximateFloat, .add,
            .sub, .isGreaterThan, .isLessThan, .compareTo, .semver, .isSemver, .major, .minor,
            .patch, .named, .validate:
            nil
        }
    }

    private static let quantityName = "kubernetes.Quantity"
    private static let semverName = "kubernetes.Semver"

    var signatures: [String] {
        let quantity = Self.quantityName
        let semver = Self.semverName
        switch self {
        case .quantity: return ["(string) -> \(quantity)"]
        case .isQuantity: return ["(string) -> bool"]
        case .sign: return ["(\(quantity)) -> int"]
        case .isInteger: return ["\(quantity).() -> bool"]
        case .asInteger: return ["\(quantity).() -> int"]
        case .asApproximateFloat: return ["\(quantity).() -> double"]
        case .add, .sub:
            return ["\(quantity).(\(quantity)) -> \(quantity)", "\(quantity).(int) -> \(quantity)"]
        case .isGreaterThan, .isLessThan:
            return [quantity, semver].map { "\($0).(\($0)) -> bool" }
        case .compareTo: return [quantity, semver].map { "\($0).(\($0)) -> int" }
        case .semver: return ["(string) -> \(semver)", "(string, bool) -> \(semver)"]
        case .isSemver: return ["(string) -> bool", "(string, bool) -> bool"]
        case .major, .minor, .patch: return ["\(semver).() -> int"]
        case .named: return ["(string) -> optional(kubernetes.NamedFormat)"]
        case .validate: return ["kubernetes.NamedFormat.(string) -> optional(list(string))"]
        case .dns1123Label, .dns1123Subdomain, .dns1035Label, .qualifiedName, .dns1123LabelPrefix,
            .dns1123SubdomainPrefix, .dns1035LabelPrefix, .labelValue, .uri, .uuid, .byte, .date,
            .datetime:
            return ["() -> kubernetes.NamedFormat"]
        }
    }
}
