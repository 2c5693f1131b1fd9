/// Texts that schemas ask for and expressions read too.
public enum CELReading {
    /// Whether Go's `url.ParseRequestURI` reads it.
    public static func isURL(_ text: String) -> Bool { (try? CELURL(parsing: text)) != nil }

    /// Whether it is an IP address.
    public static func isIP(_ text: String) -> Bool { (try? CELAddress(parsing: text)) != nil }

    /// Whether it is an address with the length of a network.
    public static func isNetwork(_ text: String) -> Bool {
        (try? CELNetwork(parsing: text)) != nil
    }

    /// Whether it is a time of RFC 3339.
    public static func isTime(_ text: String) -> Bool { CELTimestamp(parsing: text) != nil }

    /// Whether Go reads it as a length of time.
    public static func isDuration(_ text: String) -> Bool { CELDurationText.nanos(text) != nil }
}
