import Support
import Testing
import Value

@testable import Model

/// A manifest's spec, decoded and defaulted, and what is wrong with it.
struct ValidationCase: CustomTestStringConvertible, Sendable {
    let kind: Kind
    let json: String
    let errors: [String]

    init(_ kind: Kind, _ json: String, _ errors: String...) {
        self.init(kind, json, errors: errors)
    }

    init(_ kind: Kind, _ json: String, errors: [String]) {
        self.kind = kind
        self.json = json
        self.errors = errors
    }

    var testDescription: String { "\(kind) \(json)" }
}

/// The object of a manifest without apiVersion, kind and namespace, as the API server has it before
/// validation. `$POD` stands for a valid pod template with the label app=web.
func prepared(_ json: String, _ kind: Kind) throws -> Value {
    let template =
        #"{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i:1"}]}}"#
    let selector = #""selector":{"matchLabels":{"app":"web"}}"#
    let text = json.replacing("$POD", with: template).replacing("$SEL", with: selector)
    var value = try Decoder.decode(JSON.parse(text), kind: kind.info).value
    if value[.metadata][.name].isNull { value[.metadata][.name] = "web" }
    if kind.info.isNamespaced { value[.metadata][.namespace] = "default" }
    Defaults.apply(&value, kind: kind.info)
    return value
}

@Suite struct ValidationTests {
    static let examples =
        workloads + pods + others + amounts + security + places + policies + sources + networks
        + batches + storage

    @Test(arguments: examples)
    func `a new object is held to upstream's rules`(example: ValidationCase) throws {
        let value = try prepared(example.json, example.kind)
        let errors = Validation.create(value, kind: example.kind.info)
        #expect(errors.map(\.message) == example.errors)
    }

    @Test func `an object without a name is refused`() throws {
        let errors = Validation.create(
            [.metadata: [.namespace: "default"]], kind: Kind.configMap.info)
        #expect(
            errors.map(\.message) == [
                "metadata.name: Required value: name or generateName is required"
            ])
        let prefix: Value = [
            .metadata: [.name: "a-x", .generateName: "a-", .namespace: "default"]
        ]
        #expect(Validation.create(prefix, kind: Kind.configMap.info).isEmpty)
    }

    @Test func `several errors print as a list, one alone bare`() {
        let path = ErrorPath("spec")
        let one = InvalidObject(
            kindName: "Deployment", group: "apps", name: "web", errors: [.required(path)])
        #expect(one.message == "Deployment.apps \"web\" is invalid: spec: Required value")
        #expect(one.kubectlMessage == "The Deployment \"web\" is invalid: spec: Required value")
        let two = InvalidObject(
            kindName: "Pod", group: "", name: "web",
            errors: [.required(path), .forbidden(path[0], "no"), .required(path)])
        #expect(
            two.message == "Pod \"web\" is invalid: [spec: Required value, spec[0]: Forbidden: no]")
        #expect(
            two.kubectlMessage == "The Pod \"web\" is invalid: \n* spec: Required value\n"
                + "* spec[0]: Forbidden: no")
        let patch = InvalidObject.patch(
            [.spec: [.replicas: "two"]], "unrecognized type: int32")
        #expect(
            patch.kubectlMessage == "The request is invalid: patch: Invalid value: "
                + "\"map[spec:map[replicas:two]]\": unrecognized type: int32")
    }
}
