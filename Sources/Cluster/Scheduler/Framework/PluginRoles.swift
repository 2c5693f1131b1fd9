/// What a plugin takes part in follows from the protocols that it is declared with, once the
/// compiler has picked the nearest of these: asking the runtime, with `as?`, searches all
/// conformances of the program for each plugin and protocol, which was half of a run's start-up.
extension SchedulerPlugin {
    static var asPreEnqueue: (any PreEnqueuePlugin.Type)? { nil }
    static var asPreFilter: (any PreFilterPlugin.Type)? { nil }
    static var asNodeFilter: (any NodeFilterPlugin.Type)? { nil }
    static var asPostFilter: (any PostFilterPlugin.Type)? { nil }
    static var asScore: (any ScorePlugin.Type)? { nil }
    static var asNodeScore: (any NodeScorePlugin.Type)? { nil }
    static var asPreBind: (any PreBindPlugin.Type)? { nil }
}

extension PreEnqueuePlugin {
    static var asPreEnqueue: (any PreEnqueuePlugin.Type)? { Self.self }
}

extension PreFilterPlugin {
    static var asPreFilter: (any PreFilterPlugin.Type)? { Self.self }
}

extension NodeFilterPlugin {
    static var asNodeFilter: (any NodeFilterPlugin.Type)? { Self.self }
}

extension PostFilterPlugin {
    static var asPostFilter: (any PostFilterPlugin.Type)? { Self.self }
}

extension ScorePlugin {
    static var asScore: (any ScorePlugin.Type)? { Self.self }
}

extension NodeScorePlugin {
    static var asNodeScore: (any NodeScorePlugin.Type)? { Self.self }
}

extension PreBindPlugin {
    static var asPreBind: (any PreBindPlugin.Type)? { Self.self }
}
