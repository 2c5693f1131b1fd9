/// An expression that was read and checked, ready to run any number of times.
public final class CELProgram: Sendable {
    /// The text that it was made of.
    public let source: String
    /// What it can name.
    public let environment: CELEnvironment
    /// The type of its result; `dyn` where that shows only when it runs.
    public let resultType: CELType
    let tree: CELTree
    let root: CELTermID
    let types: [CELType]
    let meanings: [CELMeaning]
    let code: CELCode
    private let used: Set<Int>

    /// Reads and checks an expression.
    ///
    /// - Throws: ``CELError`` with everything that is wrong, in the words of Kubernetes.
    public convenience init(_ source: String, _ environment: CELEnvironment) throws(CELError) {
        try self.init(source, environment, isLenient: false)
    }

    /// - Parameter isLenient: whether types are looked at only when it runs.
    init(
        _ text: String, _ environment: CELEnvironment, isLenient: Bool
    ) throws(CELError) {
        source = text
        self.environment = environment
        var parser = CELParser(text, macros: CELMacroSet(libraries: environment.libraries))
        root = try parser.parse()
        tree = parser.tree
        var checker = CELChecker(environment, parser.source, tree, isLenient: isLenient)
        checker.check(root: root)
        guard checker.issues.isEmpty else {
            throw CELError(checker.issues, in: parser.source)
        }
        if !isLenient {
            let issues = CELLiteralCheck(tree, parser.source, checker.meanings).issues
            guard issues.isEmpty else { throw CELError(issues, in: parser.source) }
        }
        types = checker.types
        meanings = checker.meanings
        resultType = checker.type(of: root)
        var lowering = CELLowering(checker)
        lowering.run(root)
        code = lowering.code
        used = lowering.used
    }

    /// Whether the expression names a variable of its environment.
    public func uses(_ variable: String) -> Bool {
        environment.variablePlaces[variable].map { used.contains($0) } ?? false
    }

    /// Runs the expression.
    ///
    /// - Parameters:
    ///   - variables: the values of the variables in the order of the environment.
    ///   - limit: what it may cost at most; above it the result is ``CELFault/costExceeded``.
    /// - Returns: the value, or an error as a value, and what it cost in the units of cel-go.
    public func evaluate(
        _ variables: [CELValue] = [], limit: UInt64 = CELLimits.costPerCall
    ) -> (value: CELValue, cost: UInt64) {
        precondition(
            variables.count == environment.variables.count, "a value for each variable")
        var evaluator = CELEvaluator(self, variables, limit: limit)
        let value = evaluator.run()
        return (value, evaluator.cost)
    }
}
