/// The sets of functions and macros that an environment can offer.
public struct CELLibraries: OptionSet, Hashable, Sendable {
    /// A bit for each library.
    public let rawValue: UInt32

    /// A set by its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `optional.of`, `.?`, `optMap` and the rest of optional values.
    public static let optionals = CELLibraries(rawValue: 1)
    /// cel-go's strings, as far as version 2.
    public static let strings = CELLibraries(rawValue: 1 << 1)
    /// `reverse` of strings (version 3), which Kubernetes does not offer.
    public static let stringReverse = CELLibraries(rawValue: 1 << 2)
    /// cel-go's lists, version 3: `slice`, `flatten`, `sort`, `sortBy`, `distinct`, `lists.range`.
    public static let lists = CELLibraries(rawValue: 1 << 3)
    /// `sets.contains`, `sets.equivalent`, `sets.intersects`.
    public static let sets = CELLibraries(rawValue: 1 << 4)
    /// Macros with two variables.
    public static let twoVariables = CELLibraries(rawValue: 1 << 5)
    /// Kubernetes' own: URLs, regular expressions, lists, quantities, IP, CIDR, formats, semver.
    public static let kubernetes = CELLibraries(rawValue: 1 << 6)
    /// `jsonpatch.escapeKey`, for policies that change objects.
    public static let jsonPatch = CELLibraries(rawValue: 1 << 7)
    /// `cel.bind`, which Kubernetes does not offer.
    public static let bindings = CELLibraries(rawValue: 1 << 8)
    /// `math.greatest` and the like, which Kubernetes does not offer.
    public static let math = CELLibraries(rawValue: 1 << 9)
    /// `base64.encode` and `base64.decode`, which Kubernetes does not offer.
    public static let encoders = CELLibraries(rawValue: 1 << 10)
    /// What newer versions than those of Kubernetes do otherwise: plain numbers in `format`, errors for
    /// places behind the end of a string and for fields of scalars, names between backquotes.
    public static let newest = CELLibraries(rawValue: 1 << 12)
    /// `first`, `last`, `optional.unwrap` (version 2 of optionals).
    public static let optionalLists = CELLibraries(rawValue: 1 << 11)

    /// What Kubernetes 1.36 lets new expressions use (apiserver `cel/environment/base.go`).
    public static let kubernetesBase: CELLibraries = [
        .optionals, .optionalLists, .strings, .lists, .sets, .twoVariables, .kubernetes,
    ]
}
