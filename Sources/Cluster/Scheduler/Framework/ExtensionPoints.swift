/// The extension points that a plugin takes part in, by its conformances. A dynamic cast would find
/// them, too, at a hundred times the cost.
protocol ExtensionPoints {
    static var preEnqueuePoint: (any PreEnqueuePlugin.Type)? { get }
    static var nodeFilterPoint: (any NodeFilterPlugin.Type)? { get }
    static var preFilterPoint: (any PreFilterPlugin.Type)? { get }
    static var postFilterPoint: (any PostFilterPlugin.Type)? { get }
    static var scorePoint: (any ScorePlugin.Type)? { get }
    static var nodeScorePoint: (any NodeScorePlugin.Type)? { get }
    static var preBindPoint: (any PreBindPlugin.Type)? { get }
}

extension SchedulerPlugin {
    static var preEnqueuePoint: (any PreEnqueuePlugin.Type)? { nil }
    static var nodeFilterPoint: (any NodeFilterPlugin.Type)? { nil }
    static var preFilterPoint: (any PreFilterPlugin.Type)? { nil }
    static var postFilterPoint: (any PostFilterPlugin.Type)? { nil }
    static var scorePoint: (any ScorePlugin.Type)? { nil }
    static var nodeScorePoint: (any NodeScorePlugin.Type)? { nil }
    static var preBindPoint: (any PreBindPlugin.Type)? { nil }
}

extension PreEnqueuePlugin {
    static var preEnqueuePoint: (any PreEnqueuePlugin.Type)? { Self.self }
}

extension NodeFilterPlugin {
    static var nodeFilterPoint: (any NodeFilterPlugin.Type)? { Self.self }
}

extension PreFilterPlugin {
    static var preFilterPoint: (any PreFilterPlugin.Type)? { Self.self }
}

extension PostFilterPlugin {
    static var postFilterPoint: (any PostFilterPlugin.Type)? { Self.self }
}

extension ScorePlugin {
    static var scorePoint: (any ScorePlugin.Type)? { Self.self }
}

extension NodeScorePlugin {
    static var nodeScorePoint: (any NodeScorePlugin.Type)? { Self.self }
}

extension PreBindPlugin {
    static var preBindPoint: (any PreBindPlugin.Type)? { Self.self }
}
