import Testing
import Value

@testable import Model

/// What the API server says of the kinds that extend, secure and share it.
@Suite struct ExtensionValidationTests {
    @Test(arguments: definitions + webhooks + policies + flow + others)
    func `a new object is held to upstream's rules`(example: ValidationCase) throws {
        let value = try prepared(example.json, example.kind)
        let errors = Validation.create(value, kind: example.kind.info)
        #expect(errors.map(\.message) == example.errors)
    }

    // MARK: Definitions

    private static func definition(
        _ spec: String, name: String = "toys.example.com", stored: String = #"["v1"]"#,
        _ errors: String...
    ) -> ValidationCase {
        ValidationCase(
            .customResourceDefinition,
            #"{"metadata":{"name":"\#(name)"},"spec":{\#(spec)},"status":{"storedVersions":\#(stored)}}"#,
            errors: errors)
    }

    private static let names = #""names":{"plural":"toys","kind":"Toy"}"#
    private static let head = #""group":"example.com","scope":"Namespaced",\#(names)"#

    private static func version(_ rest: String, name: String = "v1") -> String {
        #"{"name":"\#(name)","served":true,"storage":true,\#(rest)}"#
    }

    private static let open =
        #""schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}"#

    static let definitions = [
        definition(#"\#(head),"versions":[\#(version(open))]"#),
        definition(
            #"\#(head),"versions":[\#(version(open))]"#, name: "toy.example.com",
            "metadata.name: Invalid value: \"toy.example.com\": must be "
                + "spec.names.plural+\".\"+spec.group"),
        definition(
            #""group":"example","scope":"All",\#(names),"versions":[\#(version(open))]"#,
            name: "toys.example",
            "spec.group: Invalid value: \"example\": should be a domain with at least one dot",
            "spec.scope: Unsupported value: \"All\": supported values: \"Cluster\", "
                + "\"Namespaced\""),
        definition(
            #"\#(head),"versions":[{"name":"v1","served":true,"storage":true}]"#,
            "spec.versions[0].schema.openAPIV3Schema: Required value"),
        definition(
            #"\#(head),"versions":[\#(version(#""schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{},"l":{"type":"array"},"t":{"type":"map"}}}}"#))]"#,
            "spec.validation.openAPIV3Schema.properties[l].items: Required value: must be "
                + "specified",
            "spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be "
                + "empty for specified object fields",
            "spec.validation.openAPIV3Schema.properties[t].type: Unsupported value: \"map\": "
                + "supported values: \"array\", \"boolean\", \"integer\", \"number\", "
                + "\"object\", \"string\""),
        definition(
            #"\#(head),"versions":[\#(version(#"\#(open),"subresources":{"scale":{"specReplicasPath":"spec.n","statusReplicasPath":".spec.n"}}"#))]"#,
            "spec.subresources.scale.specReplicasPath: Invalid value: \"spec.n\": must be a simple "
                + "json path starting with .",
            "spec.subresources.scale.statusReplicasPath: Invalid value: \".spec.n\": should be a "
                + "json path under .status"),
        definition(
            #"\#(head),"versions":[\#(version(#"\#(open),"additionalPrinterColumns":[{"name":"","type":"text","jsonPath":""}]"#))]"#,
            "spec.additionalPrinterColumns[0].name: Required value",
            "spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of "
                + "boolean,date,integer,number,string",
            "spec.additionalPrinterColumns[0].JSONPath: Required value"),
        definition(
            #"\#(head),"versions":[\#(version(open)),\#(version(open))]"#,
            "spec.versions: Invalid value: \(shown("v1", "v1")): must contain unique version names",
            "spec.versions: Invalid value: \(shown("v1", "v1")): must have exactly one version "
                + "marked as storage version"),
        definition(
            #"\#(head),"versions":[\#(version(open))]"#, stored: #"["v0","v1"]"#,
            "status.storedVersions[0]: Invalid value: \"v0\": missing from spec.versions; v0 was "
                + "previously a storage version, and must remain in spec.versions until a storage "
                + "migration ensures no data remains persisted in v0 and removes v0 from "
                + "status.storedVersions"),
    ]

    private static func shown(_ names: String...) -> String {
        let list = names.map {
            #"{"Name":"\#($0)","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"#
                + #""Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}"#
        }
        return "[\(list.joined(separator: ","))]"
    }

    @Test func `an established definition keeps its scope and kind, and each its group`() throws {
        let manifest =
            #"{"metadata":{"name":"toys.example.com"},"spec":{\#(Self.head),"#
            + #""versions":[\#(Self.version(Self.open))]},"status":{"storedVersions":["v1"]}}"#
        var old = try prepared(manifest, .customResourceDefinition)
        var new = old
        new[.spec]["scope"] = "Cluster"
        new[.spec][.names][.kind] = "Ball"
        func messages() -> [String] {
            Validation.update(new, from: old, kind: Kind.customResourceDefinition.info)
                .map(\.message)
        }
        #expect(messages() == [])
        old[.status][.conditions] = [[.type: "Established", .status: "True"]]
        #expect(
            messages() == [
                "spec.scope: Invalid value: \"Cluster\": field is immutable",
                "spec.names.kind: Invalid value: \"Ball\": field is immutable",
            ])
    }

    // MARK: Webhooks and policies

    private static func webhook(_ rest: String, _ errors: String...) -> ValidationCase {
        ValidationCase(
            .validatingWebhookConfiguration,
            #"{"webhooks":[{"name":"a.b.example","sideEffects":"None","admissionReviewVersions":["v1"],\#(rest)}]}"#,
            errors: errors)
    }

    private static let service = #""clientConfig":{"service":{"name":"s","namespace":"n"}}"#

    static let webhooks = [
        webhook(service),
        webhook(
            #""clientConfig":{"url":"http://me@host/x?y#z"}"#,
            "webhooks[0].clientConfig.url: Invalid value: \"http\": 'https' is the only allowed "
                + "URL scheme; desired format: https://host[/path]",
            "webhooks[0].clientConfig.url: Invalid value: \"me\": user information is not permitted "
                + "in the URL",
            "webhooks[0].clientConfig.url: Invalid value: \"z\": fragments are not permitted in the "
                + "URL",
            "webhooks[0].clientConfig.url: Invalid value: \"y\": query parameters are not permitted "
                + "in the URL"),
        webhook(
            #""clientConfig":{},"timeoutSeconds":31,"failurePolicy":"Maybe""#,
            "webhooks[0].failurePolicy: Unsupported value: \"Maybe\": supported values: \"Fail\", "
                + "\"Ignore\"",
            "webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and "
                + "30 seconds",
            "webhooks[0].clientConfig: Required value: exactly one of url or service is required"),
        webhook(
            #"\#(service),"rules":[{"operations":["*","READ"],"apiGroups":[""],"apiVersions":[],"resources":["pods/*","pods/exec"]}]"#,
            "webhooks[0].rules[0].operations: Invalid value: [\"*\",\"READ\"]: if '*' is present, "
                + "must not specify other operations",
            "webhooks[0].rules[0].operations[1]: Unsupported value: \"READ\": supported values: "
                + "\"*\", \"CONNECT\", \"CREATE\", \"DELETE\", \"UPDATE\"",
            "webhooks[0].rules[0].apiVersions: Required value",
            "webhooks[0].rules[0].resources[1]: Invalid value: \"pods/exec\": if 'pods/*' is "
                + "present, must not specify pods/exec"),
        ValidationCase(
            .mutatingWebhookConfiguration,
            #"{"webhooks":[{"name":"short","clientConfig":{"service":{"name":"s","namespace":"n","port":0}}}]}"#,
            "webhooks[0].name: Invalid value: \"short\": should be a domain with at least three "
                + "segments separated by dots",
            "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun",
            "webhooks[0].clientConfig.service.port: Invalid value: 0: port is not valid: must be "
                + "between 1 and 65535, inclusive",
            "webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1"),
    ]

    static let policies = [
        ValidationCase(
            .validatingAdmissionPolicy,
            #"{"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"]}]},"validations":[{"expression":"true"}]}}"#
        ),
        ValidationCase(
            .validatingAdmissionPolicy, #"{"spec":{"failurePolicy":"Perhaps"}}"#,
            "spec.failurePolicy: Unsupported value: \"Perhaps\": supported values: \"Fail\", "
                + "\"Ignore\"",
            "spec.matchConstraints: Required value",
            "spec.validations: Required value: validations or auditAnnotations must contain at "
                + "least one item",
            "spec.auditAnnotations: Required value: validations or auditAnnotations must contain at "
                + "least one item"),
        ValidationCase(
            .validatingAdmissionPolicy,
            #"{"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"]}]},"auditAnnotations":[{"key":"a","valueExpression":"'"#
                + String(repeating: "x", count: 5120) + #"'"}]}}"#,
            "spec.auditAnnotations[0].valueExpression: Required value: must not exceed 5120 bytes in "
                + "length"),
        ValidationCase(
            .validatingAdmissionPolicyBinding,
            #"{"spec":{"policyName":"few","validationActions":["Deny","Warn","Shout"],"paramRef":{"name":"x","selector":{}}}}"#,
            "spec.paramRef.name: Forbidden: name and selector are mutually exclusive",
            "spec.paramRef.selector: Forbidden: name and selector are mutually exclusive",
            "spec.paramRef.parameterNotFoundAction: Required value",
            "spec.validationActions[2]: Unsupported value: \"Shout\": supported values: \"Audit\", "
                + "\"Deny\", \"Warn\"",
            "spec.validationActions: Invalid value: [\"Deny\",\"Warn\",\"Shout\"]: must not contain "
                + "both Deny and Warn (repeating the same validation failure information in the API "
                + "response and headers serves no purpose)"),
        ValidationCase(
            .mutatingAdmissionPolicy,
            #"{"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["DELETE"],"resources":["pods"]}]},"mutations":[{"patchType":"Sed"},{"patchType":"JSONPatch","applyConfiguration":{"expression":"x"}}],"reinvocationPolicy":"Never"}}"#,
            "spec.matchConstraints.resourceRules.operations: Unsupported value: \"DELETE\": "
                + "supported values: \"*\", \"CONNECT\", \"CREATE\", \"UPDATE\"",
            "spec.mutations[0].patchType: Unsupported value: \"Sed\": supported values: "
                + "\"ApplyConfiguration\", \"JSONPatch\"",
            "spec.mutations[1].applyConfiguration: Invalid value: \"{applyConfiguration}\": must not "
                + "be specified when patchType is JSONPatch",
            "spec.mutations[1].jsonPatch: Required value: must be specified when patchType is "
                + "JSONPatch"),
    ]

    // MARK: Flow control

    static let flow = [
        ValidationCase(
            .flowSchema,
            #"{"spec":{"priorityLevelConfiguration":{"name":"x"},"rules":[{"subjects":[{"kind":"User","user":{"name":"u"}}],"nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/x"]}]}]}}"#
        ),
        ValidationCase(
            .flowSchema,
            #"{"spec":{"matchingPrecedence":1,"distinguisherMethod":{"type":"ByMood"},"rules":[{"subjects":[{"kind":"User","group":{"name":"g"}}],"resourceRules":[{"verbs":["*","get"],"apiGroups":["*"],"resources":["*"]}]}]}}"#,
            "spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have "
                + "matchingPrecedence 1",
            "spec.distinguisherMethod.type: Unsupported value: \"ByMood\": supported values: "
                + "\"ByNamespace\", \"ByUser\"",
            "spec.priorityLevelConfiguration.name: Required value: must reference a priority level",
            "spec.rules[0].subjects[0].user: Required value: user is required when subject kind is "
                + "'User'",
            "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is "
                + "not 'Group'",
            "spec.rules[0].resourceRules[0].verbs: Invalid value: [\"*\",\"get\"]: if '*' is "
                + "present, must not specify other verbs",
            "spec.rules[0].resourceRules[0].namespaces: Required value: resource rules that are not "
                + "cluster scoped must supply at least one namespace"),
        ValidationCase(
            .priorityLevelConfiguration,
            #"{"spec":{"type":"Limited","limited":{"limitResponse":{"type":"Queue","queuing":{"handSize":9,"queues":4}}}}}"#,
            "spec.limited.limitResponse.queuing.handSize: Invalid value: 9: should not be greater "
                + "than queues (4)"),
        ValidationCase(
            .priorityLevelConfiguration, #"{"spec":{"type":"Exempt"}}"#,
            "spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only if `name` is "
                + "'exempt'"),
    ]

    @Test func `the objects of a fresh cluster are valid`() throws {
        let objects =
            FlowControlObjects.levels.map { (Kind.priorityLevelConfiguration, $0.name, $0.spec) }
            + FlowControlObjects.schemas.map { (Kind.flowSchema, $0.name, $0.spec) }
        for (kind, name, spec) in objects {
            var object: Value = [.metadata: [.name: Value(name)], .spec: spec]
            Defaults.apply(&object, kind: kind.info)
            #expect(object[.spec] == spec, "\(name)")
            #expect(Validation.create(object, kind: kind.info) == [], "\(name)")
        }
    }

    // MARK: Others

    static let others = [
        ValidationCase(
            .apiService,
            #"{"metadata":{"name":"v1.x"},"spec":{"group":"x.example.com","version":"v1","groupPriorityMinimum":0,"versionPriority":1}}"#,
            "metadata.name: Invalid value: \"v1.x\": must be `spec.version+\".\"+spec.group`: "
                + "\"v1.x.example.com\"",
            "spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000"),
        ValidationCase(
            .serviceCIDR, #"{"spec":{"cidrs":["10.0.0.0/24","10.1.0.0/24"]}}"#,
            "spec.cidrs: Invalid value: [\"10.0.0.0/24\",\"10.1.0.0/24\"]: may specify no more than "
                + "one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64"),
        ValidationCase(
            .serviceCIDR, #"{"spec":{"cidrs":["ten"]}}"#,
            "spec.cidrs[0]: Invalid value: \"ten\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or "
                + "2001:db8::/64)"),
        ValidationCase(
            .ipAddress, #"{"metadata":{"name":"ten"},"spec":{"parentRef":{"name":"x"}}}"#,
            "metadata.name: Invalid value: \"ten\": must be a valid IP address, (e.g. 10.9.8.7 or "
                + "2001:db8::ffff)",
            "spec.parentRef.resource: Required value"),
        ValidationCase(
            .certificateSigningRequest,
            #"{"spec":{"request":"eA==","signerName":"example","usages":["singing"],"expirationSeconds":5}}"#,
            "spec.request: Invalid value: \"eA==\": PEM block type must be CERTIFICATE REQUEST",
            "spec.usages[0]: Unsupported value: \"singing\": supported values: \"any\", "
                + "\"cert sign\", \"client auth\", \"code signing\", \"content commitment\", "
                + "\"crl sign\", \"data encipherment\", \"decipher only\", "
                + "\"digital signature\", \"email protection\", \"encipher only\", "
                + "\"ipsec end system\", \"ipsec tunnel\", \"ipsec user\", \"key agreement\", "
                + "\"key encipherment\", \"microsoft sgc\", \"netscape sgc\", "
                + "\"ocsp signing\", \"s/mime\", \"server auth\", \"signing\", "
                + "\"timestamping\"",
            "spec.signerName: Invalid value: \"example\": must be a fully qualified domain and path "
                + "of the form 'example.com/signer-name'",
            "spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600 "
                + "seconds (10 minutes)"),
        ValidationCase(
            .volumeAttributesClass, #"{"driverName":""}"#, "driverName: Required value",
            "parameters: Required value: must contain at least one key/value pair"),
    ]
}
