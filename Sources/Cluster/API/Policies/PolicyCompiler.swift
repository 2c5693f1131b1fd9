import CEL
import Model
import Schema
import Value

/// An expression of a policy, compiled or not.
struct PolicyProgram {
    /// As it was written.
    let source: String
    let program: CELProgram?
    /// Why it does not compile, in upstream's words; empty where it does.
    let problem: String
}

// tidy: no copy: lives as long as a policy is compiled
/// Compiles the expressions of one policy. Each variable can name those that stand before it.
///
/// Source: apiserver, plugin/cel (compile.go, composition.go).
final class PolicyCompiler {
    private let hasParams: Bool
    /// Whether expressions can name `variables`.
    private let composes: Bool
    private let object: CELEnvironment.Variable
    private let oldObject: CELEnvironment.Variable
    private let params: CELEnvironment.Variable
    private var fields: [(name: String, shape: CELShape)] = []

    /// - Parameters:
    ///   - shape: what objects are, where their types are checked; they are anything otherwise.
    ///   - paramShape: the same of parameters.
    init(
        hasParams: Bool, composes: Bool, shape: CELShape = .any, paramShape: CELShape = .any
    ) {
        self.hasParams = hasParams
        self.composes = composes
        object = CELEnvironment.Variable("object", shape)
        oldObject = CELEnvironment.Variable("oldObject", shape)
        params = CELEnvironment.Variable("params", paramShape)
    }

    /// What an expression may come to.
    enum Outcome {
        case anything
        case one(CELType)
        case either([CELType])

        func accepts(_ type: CELType) -> Bool {
            switch self {
            case .anything: true
            case .one(let expected): type == expected
            case .either(let expected): expected.contains(type)
            }
        }

        func words(for type: CELType) -> String {
            switch self {
            case .anything: ""
            case .one(let expected): "must evaluate to \(expected) but got \(type)"
            case .either(let expected):
                "must evaluate to one of [\(expected.map(\.description).joined(separator: " "))] "
                    + "but got \(type)"
            }
        }
    }

    /// - Parameter note: what is said before what the compiler says.
    func compile(
        _ text: String, _ outcome: Outcome, hasAuthorizer: Bool = true, makesPatches: Bool = false,
        hasVariables: Bool = true, note: String = "compilation failed: "
    ) -> PolicyProgram {
        let environment = environment(
            hasAuthorizer: hasAuthorizer, makesPatches: makesPatches,
            hasVariables: composes && hasVariables)
        do {
            let program = try CELProgram(text, environment)
            guard outcome.accepts(program.resultType) else {
                return PolicyProgram(
                    source: text, program: nil, problem: outcome.words(for: program.resultType))
            }
            return PolicyProgram(source: text, program: program, problem: "")
        } catch {
            return PolicyProgram(
                source: text, program: nil, problem: note + error.text)
        }
    }

    /// Compiles a variable, which what follows can name.
    func compileVariable(_ name: String, _ text: String) -> PolicyProgram {
        let compiled = compile(text, .anything)
        let shape = compiled.program.map { Self.shape(of: $0.resultType) } ?? .any
        fields.removeAll { $0.name == name }
        fields.append((name, shape))
        return compiled
    }

    private func environment(
        hasAuthorizer: Bool, makesPatches: Bool, hasVariables: Bool
    ) -> CELEnvironment {
        var variables = [
            object, oldObject, CELEnvironment.Variable("request", PolicyRequest.shape),
            CELEnvironment.Variable("namespaceObject", PolicyRequest.namespaceShape),
        ]
        if hasParams { variables.append(params) }
        if hasAuthorizer {
            variables.append(
                CELEnvironment.Variable(
                    "authorizer", .object("kubernetes.authorization.Authorizer")))
            variables.append(
                CELEnvironment.Variable(
                    "authorizer.requestResource", .object("kubernetes.authorization.ResourceCheck"))
            )
        }
        if hasVariables {
            let shape = CELShape(
                .object(CELFields(typeName: Self.variablesName, fields: fields)))
            variables.append(CELEnvironment.Variable("variables", shape))
        }
        var libraries = CELLibraries.kubernetesBase
        if makesPatches { libraries.insert(.jsonPatch) }
        return PolicyExpressions.environment(variables, libraries: libraries)
    }

    static let variablesName = "kubernetes.variables"

    /// convertCelTypeToDeclType.
    private static func shape(of type: CELType) -> CELShape {
        switch type {
        case .bool: CELShape(.bool)
        case .int: CELShape(.int)
        case .double: CELShape(.double)
        case .string: CELShape(.string)
        case .bytes: CELShape(.bytes)
        case .timestamp: CELShape(.timestamp)
        case .duration: CELShape(.duration)
        case .list(let element): CELShape(.list(shape(of: element), .atomic))
        case .map(.string, let element): CELShape(.map(shape(of: element)))
        case .map, .dyn, .error, .null, .uint, .type, .optional, .parameter, .abstract, .object:
            .any
        }
    }
}

extension PolicyCompiler {
    /// What is wrong with the expressions of a new policy or webhook, for who validates it: asked in the
    /// order in which they are compiled.
    static func problems(of object: Value) -> (String, PolicyExpression) -> String? {
        let spec = object[.spec]
        let isMutating = object.text(.kind) == "MutatingAdmissionPolicy"
        let compiler = PolicyCompiler(
            hasParams: !spec["paramKind"].isNull,
            composes: isMutating || !spec.list("variables").isEmpty)
        return { text, role in
            let problem = compiler.compile(text, as: role).problem
            return problem.isEmpty ? nil : problem
        }
    }

    func compile(_ text: String, as role: PolicyExpression) -> PolicyProgram {
        switch role {
        case .matchCondition: compile(text, .one(.bool), hasVariables: false)
        case .variable(let name): compileVariable(name, text)
        case .validation: compile(text, .one(.bool))
        case .messageExpression: compile(text, .one(.string), hasAuthorizer: false)
        case .auditAnnotation: compile(text, .either([.string, .null]))
        case .applyConfiguration: compile(text, .one(.object("Object")), makesPatches: true)
        case .jsonPatch: compile(text, .one(.list(.object("JSONPatch"))), makesPatches: true)
        }
    }
}
