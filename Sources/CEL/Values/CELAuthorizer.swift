/// Who answers the questions of an authorizer: the host.
public protocol CELAuthority: Sendable {
    /// Whether something may be done.
    func decide(_ question: CELAccessQuestion) -> CELAccessDecision
    /// Why there can be no service account of such a name; nil where there can be.
    func problem(of account: CELAccessQuestion.Account) -> String?
}

/// What an expression asks of an authorizer, as far as it has said it.
public struct CELAccessQuestion: Sendable {
    /// A service account.
    public struct Account: Sendable {
        /// Where it lives.
        public let namespace: String
        /// Its name there.
        public let name: String
    }

    /// Whom it is about; nil for who makes the request.
    public var account: Account?
    /// A path that is no resource: `/healthz`; nil for resources.
    public var path: String?
    /// The group of the API; empty for the core's.
    public var group = ""
    /// The plural of a kind: `deployments`.
    public var resource = ""
    /// A part of it that is asked for by itself: `scale`.
    public var subresource = ""
    /// Empty for all namespaces, and for what has none.
    public var namespace = ""
    /// The object's name; empty for all.
    public var name = ""
    /// What is to be done: `create`.
    public var verb = ""

    /// A question that says nothing yet.
    public init() {}
}

/// What an authorizer answers.
public struct CELAccessDecision: Sendable {
    /// Whether it may be done.
    public let isAllowed: Bool
    /// Why; empty where nothing is said.
    public let reason: String

    /// An answer.
    public init(isAllowed: Bool, reason: String) {
        self.isAllowed = isAllowed
        self.reason = reason
    }
}

/// A value of the authorization library: an authorizer, a check in the making, or a decision.
struct CELAuthorizer: Sendable {
    enum Stage: Sendable {
        case authorizer, path, group, resource
        case decision(CELAccessDecision)
    }

    let authority: any CELAuthority
    var question = CELAccessQuestion()
    var stage = Stage.authorizer

    var typeName: String {
        let word =
            switch stage {
            case .authorizer: "Authorizer"
            case .path: "PathCheck"
            case .group: "GroupCheck"
            case .resource: "ResourceCheck"
            case .decision: "Decision"
            }
        return "kubernetes.authorization.\(word)"
    }

    func call(_ function: CELAuthorizerFunction, _ texts: [String]) -> CELValue {
        var next = self
        switch (function, stage, texts.count) {
        case (.path, .authorizer, 1):
            if texts[0].isBlank { return .failed("path must not be empty") }
            next.question.path = texts[0]
            next.stage = .path
        case (.group, .authorizer, 1):
            next.question.group = texts[0]
            next.stage = .group
        case (.serviceAccount, .authorizer, 2):
            let account = CELAccessQuestion.Account(namespace: texts[0], name: texts[1])
            if let problem = authority.problem(of: account) { return .failed(problem) }
            next.question.account = account
        case (.resource, .group, 1):
            if texts[0].isBlank { return .failed("resource must not be empty") }
            next.question.resource = texts[0]
            next.stage = .resource
        case (.subresource, .resource, 1): next.question.subresource = texts[0]
        case (.namespace, .resource, 1): next.question.namespace = texts[0]
        case (.name, .resource, 1): next.question.name = texts[0]
        case (.fieldSelector, .resource, 1), (.labelSelector, .resource, 1):
            // Roles know nothing of selectors: what is allowed with one is allowed without it.
            break
        case (.check, .path, 1), (.check, .resource, 1):
            next.question.verb = texts[0]
            next.stage = .decision(authority.decide(next.question))
        case (.allowed, .decision(let decision), 0): return .bool(decision.isAllowed)
        case (.reason, .decision(let decision), 0): return .string(decision.reason)
        case (.errored, .decision, 0): return .bool(false)
        case (.error, .decision, 0): return .string("")
        default: return .noSuchOverload
        }
        return .foreign(CELForeign(.authorizer(next)))
    }
}

extension String {
    fileprivate var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}

extension CELValue {
    /// An authorizer for who makes a request.
    public static func authorizer(_ authority: any CELAuthority) -> CELValue {
        .foreign(CELForeign(.authorizer(CELAuthorizer(authority: authority))))
    }

    /// A check of a resource that says all but the verb: `authorizer.requestResource`.
    public static func resourceCheck(
        _ authority: any CELAuthority, _ question: CELAccessQuestion
    ) -> CELValue {
        .foreign(
            CELForeign(
                .authorizer(
                    CELAuthorizer(authority: authority, question: question, stage: .resource))))
    }
}

/// Authorization.
enum CELAuthorizerCalls {
    static func call(_ function: CELAuthorizerFunction, _ arguments: [CELValue]) -> CELValue {
        guard case .foreign(let foreign)? = arguments.first,
            case .authorizer(let authorizer) = foreign.content
        else { return .noSuchOverload }
        let texts = arguments.dropFirst().compactMap(\.string)
        guard texts.count == arguments.count - 1 else { return .noSuchOverload }
        return authorizer.call(function, texts)
    }
}
