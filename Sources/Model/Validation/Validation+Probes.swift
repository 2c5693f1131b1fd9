import Support
import Value

extension Validator {
    /// validateLifecycle.
    mutating func lifecycle(_ container: Value, of spec: Value, _ path: ErrorPath) {
        for key in [Key.postStart, .preStop] where !container[.lifecycle][key].isNull {
            handler(
                container[.lifecycle][key], path.child("lifecycle").child(key),
                kinds: [.exec, .httpGet, .tcpSocket, .sleep],
                grace: spec[.terminationGracePeriodSeconds])
        }
    }

    /// validateSleepAction: a hook that sleeps longer than the pod has would be cut off.
    private mutating func sleep(_ action: Value, _ grace: Value, _ path: ErrorPath) {
        guard let grace = grace.int else { return }
        let seconds = action.int(.seconds)
        guard seconds < 0 || seconds > grace else { return }
        add(
            .invalid(
                path, Value(seconds),
                "must be non-negative and less than terminationGracePeriodSeconds (\(grace))"))
    }

    /// validateLivenessProbe, validateReadinessProbe and validateStartupProbe.
    mutating func probes(_ container: Value, _ path: ErrorPath) {
        for key in [Key.livenessProbe, .readinessProbe, .startupProbe]
        where !container[key].isNull {
            let probe = container[key]
            let place = path.child(key)
            self.probe(probe, place)
            if key != .readinessProbe, probe[.successThreshold].int != 1 {
                add(
                    .invalid(place.child("successThreshold"), probe[.successThreshold], "must be 1")
                )
            }
            if key == .readinessProbe, !probe[.terminationGracePeriodSeconds].isNull {
                add(
                    .invalid(
                        place.child("terminationGracePeriodSeconds"),
                        probe[.terminationGracePeriodSeconds],
                        "must not be set for readinessProbes"))
            }
        }
    }

    private mutating func probe(_ probe: Value, _ path: ErrorPath) {
        handler(probe, path, kinds: [.exec, .httpGet, .tcpSocket, .grpc])
        let numbers = [
            Key.initialDelaySeconds, .timeoutSeconds, .periodSeconds, .successThreshold,
            .failureThreshold,
        ]
        for key in numbers { nonnegative(probe[key], path.child(key)) }
        if let seconds = probe[.terminationGracePeriodSeconds].int, seconds <= 0 {
            add(
                .invalid(
                    path.child("terminationGracePeriodSeconds"), Value(seconds),
                    "must be greater than 0"))
        }
    }

    /// validateHandler: exactly one kind of handler. Of several the first is looked at.
    private mutating func handler(
        _ handler: Value, _ path: ErrorPath, kinds: [Key], grace: Value = .null
    ) {
        var isTaken = false
        for kind in kinds where !handler[kind].isNull {
            let place = path.child(kind)
            if isTaken {
                add(.forbidden(place, "may not specify more than 1 handler type"))
                continue
            }
            isTaken = true
            action(kind, handler[kind], place, grace: grace)
        }
        if !isTaken { add(.required(path, "must specify a handler type")) }
    }

    private mutating func action(
        _ kind: Key, _ action: Value, _ place: ErrorPath, grace: Value
    ) {
        switch kind {
        case .exec:
            if action.list(.command).isEmpty { add(.required(place.child("command"))) }
        case .httpGet:
            if action.text(.path).isEmpty { add(.required(place.child("path"))) }
            portNumberOrName(action[.port], place.child("port"))
            oneOf(action[.scheme], ["HTTP", "HTTPS"], place.child("scheme"))
            for header in action.list(.httpHeaders) {
                let name = header.text(.name)
                messages(NameRules.httpHeader(name), name, place.child("httpHeaders"))
            }
        case .tcpSocket: portNumberOrName(action[.port], place.child("port"))
        case .grpc: portNumber(action[.port], place.child("port"))
        case .sleep: sleep(action, grace, place)
        default: break
        }
    }
}
