extension TidyRule {
    /// A `default:` swallows the case that somebody adds next year; without one the compiler asks at
    /// every place.
    ///
    /// What is found: a `switch` with `default:` that names at least half of the cases of an
    /// enumeration of ours, or any of one with at most four. One that picks a few of many is a
    /// question, no dispatch.
    static let ownDispatch = TidyRule(
        name: "a switch that decides by an enumeration of ours has no default",
        check: { tree in
            let sources = tree.files.filter { !$0.isTest }
            var enumerations: [String: [Declarations.Enumeration]] = [:]
            for file in sources {
                enumerations[file.target, default: []] += Declarations.enumerations(in: file)
            }
            return sources.flatMap { file in
                let visible = Set([file.target] + file.imports.map(\.module)).sorted()
                    .flatMap { enumerations[$0] ?? [] }
                return Declarations.switches(in: file).compactMap { item -> Finding? in
                    guard let line = item.defaultLine, !item.names.isEmpty,
                        let own = visible.filter({ $0.cases.isSuperset(of: item.names) })
                            .min(by: { $0.cases.count < $1.cases.count }),
                        item.names.count * 2 >= own.cases.count || own.cases.count <= 4,
                        // With all of them named, it stands for other payloads.
                        own.cases != item.names
                    else { return nil }
                    return Finding(
                        path: file.path, line: line,
                        message: "default: stands for cases of \(own.name): "
                            + own.cases.subtracting(item.names).sorted().joined(separator: ", "))
                }
            }
        },
        counterexamples: [
            (
                {
                    SourceTree([
                        (
                            "Sources/A/Shape.swift",
                            """
                            enum Shape {
                                case point
                                case circle(radius: Int), square(
                                    side: Int)
                                case line

                                var name: String {
                                    switch self {
                                    case .point: "p"
                                    case .circle(let radius) where radius > 1, .square: "c"
                                    default: "?"
                                    }
                                }
                            }
                            """
                        ),
                        (
                            "Sources/A/Fine.swift",
                            """
                            func fine(_ x: Shape, _ y: Other) -> Int {
                                switch x {
                                case .point, .circle, .square: 1
                                case .line: 2
                                }
                                switch x {
                                case .point, .circle(radius: 1), .square, .line: return 1
                                default: return 2
                                }
                                switch y {
                                case .foreign:
                                    if case .point = x { return 3 }
                                    return 1
                                default: return 2
                                }
                            }
                            """
                        ),
                    ])
                },
                [
                    Finding(
                        path: "Sources/A/Shape.swift", line: 11,
                        message: "default: stands for cases of Shape: line")
                ]
            )
        ])
}
