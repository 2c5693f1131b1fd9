import Model
import Value

// Generators of single small objects.
extension Verb {
    /// `kubectl create namespace`.
    static let createNamespace = generator(
        "namespace", aliases: ["ns"], summary: "Create a namespace", usage: "NAME [flags]",
        examples: ["create namespace shop"], flags: [],
        run: { call in
            try Creation(call).generate(
                .namespace, [.metadata: [.name: Value(try call.onlyName())]], failing: nil)
        })

    /// `kubectl create serviceaccount`.
    static let createServiceAccount = generator(
        "serviceaccount", aliases: ["sa"], summary: "Create a service account",
        usage: "NAME [flags]", examples: ["create serviceaccount robot"], flags: [],
        run: { call in
            try Creation(call).generate(
                .serviceAccount, [.metadata: [.name: Value(try call.onlyName())]],
                failing: "failed to create serviceaccount:")
        })

    /// `kubectl create token`: there is nothing here that a token would open.
    static let createToken: Verb = {
        var verb = Verb("token", summary: "Ask for a token: the simulator signs none")
        verb.usage = "SERVICE_ACCOUNT_NAME [flags]"
        verb.examples = ["create token robot"]
        verb.flags = [
            .idle("audience", .strings, "no token is signed, so nobody is to accept one"),
            Flag("duration", nil, .duration, "how long it holds", standard: "0s"), .output,
            Flag("bound-object-kind", nil, .string, "with what it ends: Node, Pod or Secret"),
            Flag("bound-object-name", nil, .string, "the name of that object"),
            Flag("bound-object-uid", nil, .string, "the uid of that object"),
            .template, .showManagedFields, .allowMissingTemplateKeys,
        ]
        verb.completes = .names("serviceaccounts")
        verb.run = { call in
            try checkToken(call)
            throw VerbError.message(
                "the simulator signs no tokens: every request is allowed here, so there is "
                    + "nothing that one would open")
        }
        return verb
    }()

    /// Source: kubectl's create_token, Validate.
    private static func checkToken(_ call: VerbCall) throws {
        let flags = call.flags
        _ = try ResultPrinter(call)
        _ = try call.onlyName()
        if (flags.milliseconds("duration") ?? 0) < 0 {
            throw VerbError.message("--duration must be greater than or equal to 0")
        }
        let kind = flags.string("bound-object-kind")
        if kind.isEmpty {
            for flag in ["bound-object-name", "bound-object-uid"] where flags.has(flag) {
                throw VerbError.message(
                    "--\(flag) can only be set if --bound-object-kind is provided")
            }
        } else if !["Node", "Pod", "Secret"].contains(kind) {
            throw VerbError.message("supported --bound-object-kind values are Node, Pod, Secret")
        } else if flags.string("bound-object-name").isEmpty {
            throw VerbError.message(
                "--bound-object-name is required if --bound-object-kind is provided")
        }
    }

    /// `kubectl create quota`.
    static let createQuota = generator(
        "quota", aliases: ["resourcequota"], summary: "Create a resource quota",
        usage: "NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [flags]",
        examples: ["create quota small --hard=pods=10,requests.cpu=2"],
        flags: [
            Flag("hard", nil, .string, "the limits: pods=2,cpu=1"),
            Flag("scopes", nil, .string, "the scopes that the quota counts"),
        ],
        run: createQuota)

    private static func createQuota(_ call: VerbCall) throws {
        var value: Value = [.metadata: [.name: Value(try call.onlyName())]]
        for part in call.flags.string("hard").split(separator: ",") {
            let halves = part.split(separator: "=", omittingEmptySubsequences: false)
                .map(String.init)
            guard halves.count == 2 else {
                throw VerbError.message(
                    "Invalid argument syntax \(part), expected <resource>=<value>")
            }
            do throws(QuantityError) {
                value[.spec][.hard][halves[0]] = Value(try Quantity(parsing: halves[1]).text)
            } catch {
                throw VerbError.message(error.message)
            }
        }
        let scopes = call.flags.string("scopes").split(separator: ",").map(String.init)
        if !scopes.isEmpty { value[.spec][.scopes] = Value(strings: scopes) }
        try Creation(call).generate(.resourceQuota, value, failing: "failed to create quota:")
    }

    /// `kubectl create poddisruptionbudget`.
    static let createPodDisruptionBudget = generator(
        "poddisruptionbudget", aliases: ["pdb"], summary: "Create a pod disruption budget",
        usage: "NAME --selector=SELECTOR --min-available=N [flags]",
        examples: ["create pdb web --selector=app=web --min-available=50%"],
        flags: [
            Flag("selector", nil, .string, "the pods it guards"),
            Flag("min-available", nil, .string, "how many must stay: a number or percentage"),
            Flag("max-unavailable", nil, .string, "how many may go: a number or percentage"),
        ],
        run: createBudget)

    private static func createBudget(_ call: VerbCall) throws {
        let name = try call.onlyName()
        let (least, most) = (
            call.flags.string("min-available"), call.flags.string("max-unavailable")
        )
        if call.flags.string("selector").isEmpty {
            throw VerbError.message("a selector must be specified")
        }
        if least.isEmpty, most.isEmpty {
            throw VerbError.message("one of min-available or max-unavailable must be specified")
        }
        if !least.isEmpty, !most.isEmpty {
            throw VerbError.message("min-available and max-unavailable cannot be both specified")
        }
        for (flag, text) in [("min-available", least), ("max-unavailable", most)]
        where !text.isEmpty && !isAmount(text) {
            throw VerbError.message("invalid format specified for \(flag)")
        }
        var spec: Value = [.selector: try labelSelector(call.flags.string("selector"))]
        if !least.isEmpty { spec[.minAvailable] = Int(least).map { Value($0) } ?? Value(least) }
        if !most.isEmpty { spec[.maxUnavailable] = Int(most).map { Value($0) } ?? Value(most) }
        try Creation(call).generate(
            .podDisruptionBudget,
            [
                .metadata: [.name: Value(name)], .spec: spec,
                .status: [
                    .currentHealthy: 0, .desiredHealthy: 0, .disruptionsAllowed: 0,
                    .expectedPods: 0,
                ],
            ],
            failing: "failed to create poddisruptionbudgets:")
    }

    /// Whether a text is a count of pods or a percentage.
    private static func isAmount(_ text: String) -> Bool {
        let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// The selector as objects hold it. Equalities become labels.
    /// Source: apimachinery's metav1.ParseToLabelSelector.
    static func labelSelector(_ text: String) throws(VerbError) -> Value {
        let selector: LabelSelector
        do throws(SelectorError) {
            selector = try LabelSelector(parsing: text)
        } catch {
            throw .message(
                "couldn't parse the selector string \"\(text)\": \(error.message)")
        }
        var value = Value.emptyObject
        for requirement in selector.requirements {
            let name: Value
            switch requirement.operator {
            case .equals, .doubleEquals:
                value[.matchLabels][requirement.key] = Value(requirement.values[0])
                continue
            case .isIn: name = "In"
            case .notIn: name = "NotIn"
            case .exists: name = "Exists"
            case .doesNotExist: name = "DoesNotExist"
            case .greaterThan, .lessThan:
                throw .message(
                    "\"\(requirement.operator.rawValue)\" isn't supported in label selectors")
            case .notEquals: throw .message("\"!=\" is not a valid label selector operator")
            }
            var entry: Value = [.key: Value(requirement.key.name), .operator: name]
            if !requirement.values.isEmpty {
                entry[.values] = Value(strings: requirement.values)
            }
            value[.matchExpressions].append(entry)
        }
        return value
    }

    /// `kubectl create priorityclass`.
    static let createPriorityClass = generator(
        "priorityclass", aliases: ["pc"], summary: "Create a priority class",
        usage: "NAME --value=VALUE --global-default=BOOL [flags]",
        examples: ["create priorityclass high --value=1000 --description='goes first'"],
        flags: [
            Flag("value", nil, .int, "the priority", standard: "0"),
            Flag("global-default", nil, .bool, "the class of pods that name none"),
            Flag("description", nil, .string, "what it is for"),
            Flag(
                "preemption-policy", nil, .string, "PreemptLowerPriority or Never",
                standard: "PreemptLowerPriority"),
        ],
        run: { call in
            var value: Value = [
                .metadata: [.name: Value(try call.onlyName())],
                .value: Value(call.flags.int("value")),
                .preemptionPolicy: Value(call.flags.string("preemption-policy")),
            ]
            let description = call.flags.string("description")
            if !description.isEmpty { value["description"] = Value(description) }
            if call.flags.bool("global-default") { value["globalDefault"] = true }
            try Creation(call).generate(
                .priorityClass, value, failing: "failed to create priorityclass:")
        })
}
