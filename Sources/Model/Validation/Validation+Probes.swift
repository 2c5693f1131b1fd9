import Support
import Value

extension Validator {
    /// validateLifecycle.
    mutating func lifecycle(_ container: Value, _ path: ErrorPath) {
        for key in [Key.postStart, .preStop] where !container[.lifecycle][key].isNull {
            handler(
                container[.lifecycle][key], path.child("lifecycle").child(key),
                kinds: [.exec, .httpGet, .tcpSocket, .sleep])
        }
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

    /// validateHandler: exactly one kind of handler.
    private mutating func handler(_ handler: Value, _ path: ErrorPath, kinds: [Key]) {
        let present = kinds.filter { !handler[$0].isNull }
        if present.isEmpty { add(.required(path, "must specify a handler type")) }
        for key in present.dropFirst() {
            add(.forbidden(path.child(key), "may not specify more than 1 handler type"))
        }
        guard let first = present.first else { return }
        let action = handler[first]
        let place = path.child(first)
        switch first {
        case .exec:
            if action.list(.command).isEmpty { add(.required(place.child("command"))) }
        case .httpGet:
            if action.text(.path).isEmpty { add(.required(place.child("path"))) }
            portNumberOrName(action[.port], place.child("port"))
            oneOf(action[.scheme], ["HTTP", "HTTPS"], place.child("scheme"))
        case .tcpSocket: portNumberOrName(action[.port], place.child("port"))
        case .grpc: portNumber(action[.port], place.child("port"))
        default:
            if action.int(.seconds) < 0 {
                add(.invalid(place, action[.seconds], "must be non-negative"))
            }
        }
    }
}
