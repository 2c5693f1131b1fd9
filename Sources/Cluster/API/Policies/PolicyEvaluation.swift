import CEL
import Model
import Value

/// The values that expressions of one policy name, for one request and one parameter.
struct PolicyInput {
    let object: CELValue
    let oldObject: CELValue
    let request: CELValue
    let params: CELValue
    let authorizer: CELValue
    let resourceAuthorizer: CELValue

    init(_ request: PolicyRequest, matched: KindDescriptor, params: Value) {
        let server = request.server
        func shown(_ value: Value) -> CELValue {
            if value.isNull { return .null }
            let isOther = matched.kind != request.info.kind
            return CELShape.any.read(isOther ? server.shown(value, as: matched.kind) : value)
        }
        object = shown(request.object)
        oldObject = shown(request.old)
        self.request = PolicyRequest.shape.read(request.value(matched: matched))
        self.params = CELShape.any.read(params)
        (authorizer, resourceAuthorizer) = request.authorizers
    }
}

/// Runs expressions of one policy within their budget.
///
/// Source: apiserver, plugin/cel (activation.go, condition.go).
struct PolicyEvaluation {
    /// What the expressions of one aspect may cost in all.
    static let budget: UInt64 = 10_000_000
    /// The same of match conditions.
    static let matchBudget: UInt64 = 2_500_000

    /// What one expression came to.
    enum Result {
        case value(CELValue)
        case problem(String)
    }

    /// Nothing further is run: the budget is used up.
    struct OverBudget: Error {
        let message =
            "validation failed due to running out of cost budget, no further validation rules will "
            + "be run"
    }

    private let input: PolicyInput
    private let namespace: CELValue
    private let variables: CELValue
    /// What the variables cost; counted when an expression first names them.
    private var variableCost: UInt64
    private(set) var budget: UInt64

    init(
        _ input: PolicyInput, namespace: Value, variables: [CompiledPolicy.Variable],
        budget: UInt64
    ) {
        self.input = input
        self.namespace = PolicyRequest.namespaceShape.read(namespace)
        self.budget = budget
        var fields: [(name: String, value: CELValue)] = []
        var cost: UInt64 = 0
        for variable in variables {
            let made = CELMadeObject(typeName: PolicyCompiler.variablesName, fields: fields)
            let known = CELValue.object(.made(made))
            let value = Self.value(of: variable, input, self.namespace, known, &cost)
            fields.append((variable.name, value))
        }
        variableCost = cost
        self.variables = .object(
            .made(CELMadeObject(typeName: PolicyCompiler.variablesName, fields: fields)))
    }

    private static func value(
        of variable: CompiledPolicy.Variable, _ input: PolicyInput, _ namespace: CELValue,
        _ known: CELValue, _ cost: inout UInt64
    ) -> CELValue {
        let name = JSON.text(Value(variable.name))
        guard let program = variable.program.program else {
            return .error(
                .failed(
                    "composited variable \(name) fails to compile: \(variable.program.problem)"))
        }
        let (value, spent) = program.evaluate(values(program, input, namespace, known))
        cost += spent
        guard let fault = value.fault else { return value }
        return .error(
            .failed("composited variable \(name) fails to evaluate: \(fault.message)"))
    }

    private static func values(
        _ program: CELProgram, _ input: PolicyInput, _ namespace: CELValue, _ variables: CELValue
    ) -> [CELValue] {
        program.environment.variables.map { variable in
            switch variable.name {
            case "object": input.object
            case "oldObject": input.oldObject
            case "request": input.request
            case "namespaceObject": namespace
            case "params": input.params
            case "authorizer": input.authorizer
            case "authorizer.requestResource": input.resourceAuthorizer
            default: variables
            }
        }
    }

    mutating func run(_ compiled: PolicyProgram) throws(OverBudget) -> Result {
        guard let program = compiled.program else {
            return .problem("compilation error: \(compiled.problem)")
        }
        let values = Self.values(program, input, namespace, variables)
        var (value, cost) = program.evaluate(values)
        if program.uses("variables") {
            cost += variableCost
            variableCost = 0
        }
        guard cost <= budget else { throw OverBudget() }
        budget -= cost
        if let fault = value.fault {
            return .problem(
                "expression '\(compiled.source)' resulted in error: \(fault.message)")
        }
        return .value(value)
    }
}
